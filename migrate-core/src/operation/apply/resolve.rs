use super::{fuel::Fuel, lookup::Lookup};
use crate::{
    Name, ObjectName, QualifiedName,
    schema::{ColumnUse, Names, Output, Relation, Schema, Scope, Source, SourceRelation, Table},
};

/// Looks up the columns that a piece of SQL names, by the scopes of its queries.
pub(super) struct Resolver<'s> {
    schema: &'s Schema,
    names: &'s Names,
    own: Option<(&'s QualifiedName, &'s Table)>,
    renamed: Option<Renamed<'s>>,
    fuel: Fuel,
}

/// A column that is just being renamed: it is looked up by the name that it had.
#[derive(Clone, Copy)]
pub(super) struct Renamed<'s> {
    pub(super) table: &'s QualifiedName,
    pub(super) from: &'s Name,
    pub(super) to: &'s Name,
}

/// What a name that is used as a column stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A column of this table or view.
    Column(QualifiedName, Name),
    /// Something else that is there: a result of a query, an alias, a whole row, a hidden column.
    Other,
    /// Nothing: no source has it. Where there is only one source that could, it is this one.
    Missing(Option<QualifiedName>),
    /// That cannot be told.
    Unknown,
}

/// Whether a source has a column, and which one it is where it is one of a table or view.
enum Holds {
    Yes(Option<(QualifiedName, Name)>),
    No,
    Unknown,
}

impl<'s> Resolver<'s> {
    /// `own` is the table that the SQL is a part of: the source of its first scope.
    pub(super) fn new(
        schema: &'s Schema,
        names: &'s Names,
        own: Option<(&'s QualifiedName, &'s Table)>,
    ) -> Self {
        Self { schema, names, own, renamed: None, fuel: Fuel::new() }
    }

    /// The same while a column is being renamed.
    pub(super) fn during(self, renamed: Renamed<'s>) -> Self {
        Self { renamed: Some(renamed), ..self }
    }

    /// What a use of a column in the scope of this index stands for.
    pub(super) fn meaning(&self, scope: usize, used: &ColumnUse) -> Meaning {
        self.fuel.refill();
        match &used.qualifier {
            Some(qualifier) => self.qualified(scope, qualifier, &used.name),
            None => self.unqualified(scope, &used.name),
        }
    }

    /// The scope, and those around it.
    fn chain(&self, scope: usize) -> impl Iterator<Item = (usize, &'s Scope)> {
        let names = self.names;
        let mut next = Some(scope);
        // A scope stands before those within it.
        std::iter::from_fn(move || {
            let place = next?;
            let scope = names.scopes.get(place)?;
            next = scope.parent.filter(|parent| *parent < place);
            Some((place, scope))
        })
    }

    fn qualified(&self, scope: usize, qualifier: &ObjectName, name: &Name) -> Meaning {
        for (place, scope) in self.chain(scope) {
            if let Some(source) = scope.sources.iter().find(|source| is_called(source, qualifier)) {
                return match self.source_holds(source, name) {
                    Holds::Yes(Some((table, column))) => Meaning::Column(table, column),
                    Holds::Yes(None) => Meaning::Other,
                    Holds::No if self.is_function(name) => Meaning::Other,
                    Holds::No => Meaning::Missing(self.relation_of(source)),
                    Holds::Unknown => Meaning::Unknown,
                };
            }
            if let (0, Some((own, table))) = (place, self.own)
                && (own.name == qualifier.name || is_row(qualifier))
            {
                return match self.table_holds(own, table, name) {
                    Holds::Yes(Some((table, column))) => Meaning::Column(table, column),
                    Holds::Yes(None) => Meaning::Other,
                    Holds::No => Meaning::Missing(Some(own.clone())),
                    Holds::Unknown => Meaning::Unknown,
                };
            }
        }
        Meaning::Unknown
    }

    fn unqualified(&self, scope: usize, name: &Name) -> Meaning {
        let mut candidates = Vec::new();
        for (place, scope) in self.chain(scope) {
            let mut is_unknown = false;
            let own = self.own.filter(|_| place == 0).map(|(own, table)| self.table_holds(own, table, name));
            let holds =
                own.into_iter().chain(scope.sources.iter().map(|source| self.source_holds(source, name)));
            for holds in holds {
                match holds {
                    Holds::Yes(Some((table, column))) => return Meaning::Column(table, column),
                    Holds::Yes(None) => return Meaning::Other,
                    Holds::No => {}
                    Holds::Unknown => is_unknown = true,
                }
            }
            if is_unknown {
                return Meaning::Unknown;
            }
            let is_row = |source: &Source| called(source).is_some_and(|called| called == name);
            if scope.aliases.contains(name) || scope.sources.iter().any(is_row) {
                return Meaning::Other;
            }
            candidates.extend(self.own.filter(|_| place == 0).map(|(own, _)| Some(own.clone())));
            candidates.extend(scope.sources.iter().map(|source| self.relation_of(source)));
        }
        match candidates.as_slice() {
            [only] => Meaning::Missing(only.clone()),
            _ => Meaning::Missing(None),
        }
    }

    fn source_holds(&self, source: &Source, name: &Name) -> Holds {
        self.fuel.deeper(|| self.any_source_holds(source, name)).unwrap_or(Holds::Unknown)
    }

    fn any_source_holds(&self, source: &Source, name: &Name) -> Holds {
        if source.columns.contains(name) {
            return Holds::Yes(None);
        }
        let holds = match &source.relation {
            SourceRelation::Relation(relation) => self.relation_holds(relation, name),
            SourceRelation::Query { outputs: Some(outputs), scope } => {
                self.outputs_hold(outputs, *scope, name)
            }
            SourceRelation::Query { outputs: None, .. } | SourceRelation::Opaque => Holds::Unknown,
        };
        match holds {
            // It may be one of those that got another name.
            Holds::Yes(_) if !source.columns.is_empty() => Holds::Unknown,
            holds => holds,
        }
    }

    fn relation_holds(&self, relation: &ObjectName, name: &Name) -> Holds {
        match self.schema.relation(relation) {
            Lookup::Found((found, Relation::Table)) => match self.schema.tables.get(&found) {
                Some(table) => self.table_holds(&found, table, name),
                None => Holds::Unknown,
            },
            Lookup::Found((found, Relation::View)) => self.view_holds(&found, name),
            Lookup::Found(_) | Lookup::Missing | Lookup::Unknown => Holds::Unknown,
        }
    }

    fn table_holds(&self, table: &QualifiedName, its: &Table, name: &Name) -> Holds {
        if let Some(holds) = self.renamed_holds(table, name) {
            return holds;
        }
        if let Some(column) = its.column(name) {
            return Holds::Yes(Some((table.clone(), column.name.clone())));
        }
        if self.schema.hides_column(its, name) || *name == table.name {
            return Holds::Yes(None);
        }
        if its.known { Holds::No } else { Holds::Unknown }
    }

    fn view_holds(&self, view: &QualifiedName, name: &Name) -> Holds {
        if let Some(holds) = self.renamed_holds(view, name) {
            return holds;
        }
        match self.schema.views.get(view).and_then(|view| view.columns.as_deref()) {
            None => Holds::Unknown,
            Some(columns) if columns.iter().any(|column| column.name == *name) => {
                Holds::Yes(Some((view.clone(), name.clone())))
            }
            Some(_) => Holds::No,
        }
    }

    fn renamed_holds(&self, relation: &QualifiedName, name: &Name) -> Option<Holds> {
        let renamed = self.renamed.filter(|renamed| renamed.table == relation)?;
        if name == renamed.from {
            return Some(Holds::Yes(Some((relation.clone(), name.clone()))));
        }
        (name == renamed.to).then_some(Holds::No)
    }

    fn outputs_hold(&self, outputs: &[Output], scope: usize, name: &Name) -> Holds {
        let mut is_unknown = false;
        for output in outputs {
            match output {
                Output::Value { name: given, .. } if given == name => return Holds::Yes(None),
                Output::Value { .. } => {}
                Output::All { qualifier } => {
                    let Some(scope) = self.names.scopes.get(scope) else { return Holds::Unknown };
                    for source in scope.sources.iter().filter(|source| is_shown(source, qualifier.as_ref())) {
                        match self.source_holds(source, name) {
                            Holds::Yes(_) => return Holds::Yes(None),
                            Holds::No => {}
                            Holds::Unknown => is_unknown = true,
                        }
                    }
                }
            }
        }
        if is_unknown { Holds::Unknown } else { Holds::No }
    }

    /// Where nothing else fits, `t.f` calls the function `f` with a row of `t`.
    fn is_function(&self, name: &Name) -> bool {
        self.schema.functions.keys().any(|signature| signature.name.name == *name)
            || !self.schema.extensions.is_empty()
    }

    fn relation_of(&self, source: &Source) -> Option<QualifiedName> {
        let SourceRelation::Relation(relation) = &source.relation else { return None };
        match self.schema.relation(relation) {
            Lookup::Found((found, _)) => Some(found),
            Lookup::Missing | Lookup::Unknown => None,
        }
    }
}

/// What columns of a source are qualified by.
pub(super) fn called(source: &Source) -> Option<&Name> {
    match (&source.alias, &source.relation) {
        (Some(alias), _) => Some(alias),
        (None, SourceRelation::Relation(relation)) => Some(&relation.name),
        (None, _) => None,
    }
}

/// Whether `*` or `t.*` shows the columns of a source.
pub(super) fn is_shown(source: &Source, qualifier: Option<&Name>) -> bool {
    qualifier.is_none_or(|qualifier| called(source) == Some(qualifier))
}

/// Whether `qualifier` means this source; with a schema it can only be a table by its own name.
fn is_called(source: &Source, qualifier: &ObjectName) -> bool {
    let has_schema = |relation: &ObjectName| {
        relation.name == qualifier.name && (relation.schema.is_none() || relation.schema == qualifier.schema)
    };
    match (&qualifier.schema, &source.relation) {
        (None, _) => called(source) == Some(&qualifier.name),
        (Some(_), SourceRelation::Relation(relation)) => has_schema(relation),
        (Some(_), _) => false,
    }
}

/// The rows that a trigger is about.
fn is_row(qualifier: &ObjectName) -> bool {
    qualifier.schema.is_none() && matches!(qualifier.name.identity(), "new" | "old")
}
