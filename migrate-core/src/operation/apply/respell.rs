use super::{
    change::{Change, is_function, is_meant},
    resolve::{Meaning, Renamed, Resolver},
    rewrite,
    uses::is_type,
};
use crate::{
    Name, ObjectName, QualifiedName,
    emit::Spelling,
    schema::{ColumnUse, Expression, FunctionSignature, Names, Output, Query, Schema, SourceRelation, Table},
};

/// How the text of a piece of SQL follows.
enum Text {
    /// It says nothing of the object.
    Same,
    /// By putting the new name in the place of the old one.
    Rewritten,
    /// In a way that cannot be told.
    Unknown,
}

impl Change<'_> {
    /// Whether a piece of SQL may speak of the object.
    pub(super) fn concerns(&self, schema: &Schema, names: &Names) -> bool {
        let mut scopes = names.scopes.iter();
        match self {
            Self::Relation { from, .. } => {
                let mut sources = scopes.flat_map(|scope| &scope.sources);
                sources.any(|source| {
                    matches!(&source.relation, SourceRelation::Relation(used) if is_meant(schema, used, from))
                }) || names.sequences.iter().any(|sequence| is_meant(schema, sequence, from))
            }
            Self::Column { from, .. } => scopes.any(|scope| {
                scope.columns.iter().any(|used| used.name == **from) || scope.maybe_columns.contains(from)
            }),
            Self::Type { from, .. } => names.types.iter().any(|data_type| is_type(data_type, from)),
            Self::Function { from, .. } => names.functions.iter().any(|function| is_function(function, from)),
            Self::Schema { .. } => true,
            Self::Value { name, .. } => {
                names.types.iter().any(|data_type| is_type(data_type, name))
                    || scopes.any(|scope| !scope.sources.is_empty())
            }
        }
    }

    pub(super) fn expression(
        &self,
        schema: &Schema,
        own: Option<(&QualifiedName, &Table)>,
        expression: &mut Expression,
    ) {
        match self.names(schema, own, &mut expression.names, &expression.sql) {
            Text::Same => {}
            Text::Rewritten => {
                let texts = [&mut expression.sql, &mut expression.canonical];
                expression.exact &= self.rewrite(schema, texts);
            }
            Text::Unknown => expression.exact = false,
        }
    }

    pub(super) fn query(&self, schema: &Schema, own: Option<(&QualifiedName, &Table)>, query: &mut Query) {
        if let Self::Column { table, from, to } = self {
            outputs_renamed(schema, own, query, Renamed { table, from, to });
        }
        let text = self.names(schema, own, &mut query.names, &query.sql);
        let shows = |output: &Output| match (output, self) {
            (Output::Value { name, .. }, Self::Column { from, .. }) => name == *from,
            (Output::All { .. }, Self::Column { .. }) => true,
            _ => false,
        };
        let is_shown = query.outputs.iter().flatten().any(shows);
        match text {
            Text::Same => {}
            // What a view shows keeps its name: the text comes to say `new AS old`.
            Text::Rewritten if is_shown && schema.dialect.habits().binds => query.exact = false,
            Text::Rewritten => {
                let texts = [&mut query.sql, &mut query.canonical];
                query.exact &= self.rewrite(schema, texts);
            }
            Text::Unknown => query.exact = false,
        }
    }

    /// Puts the new name into the texts, the one for people and the canonical one, where names are as they are compared;
    /// whether that could be done.
    fn rewrite(&self, schema: &Schema, texts: [&mut std::sync::Arc<str>; 2]) -> bool {
        let spelling = Spelling::of(schema.dialect);
        let named = |text: &str, from: &Name, to: &Name, is_canonical: bool| {
            let called = if is_canonical { Name::exact(to.identity()) } else { to.clone() };
            let written = if is_canonical { rewrite::identifier(&called) } else { spelling.name(to) };
            rewrite::identifiers(text, from, &called, &written)
        };
        let rewritten = |text: &str, is_canonical: bool| match self {
            Self::Relation { from, to } => {
                let renamed = named(text, &from.name, &to.name, is_canonical)?;
                rewrite::strings(&renamed, &from.name, &to.name)
            }
            Self::Column { from, to, .. } => named(text, from, to, is_canonical),
            Self::Type { from, to } => named(text, &from.name, &to.name, is_canonical),
            Self::Function { from, to } => named(text, &from.name.name, &to.name, is_canonical),
            Self::Schema { from, to } => rewrite::qualifiers(text, from, to),
            Self::Value { from, to, .. } => rewrite::values(text, from, to),
        };
        let mut all = true;
        for (text, is_canonical) in texts.into_iter().zip([false, true]) {
            match rewritten(text, is_canonical) {
                Some(renamed) => *text = renamed.into(),
                None => all = false,
            }
        }
        all
    }

    /// Gives names their new form, and says what becomes of the text.
    fn names(
        &self,
        schema: &Schema,
        own: Option<(&QualifiedName, &Table)>,
        names: &mut Names,
        sql: &str,
    ) -> Text {
        match self {
            Self::Column { table, from, to } => {
                columns_renamed(schema, own, names, Renamed { table, from, to })
            }
            Self::Value { name, from, .. } => value_text(schema, own, names, name, from, sql),
            Self::Relation { from, to } => self.relation_in(schema, names, from, to),
            Self::Type { from, to } => type_in(names, from, to),
            Self::Function { from, to } => function_in(schema, names, from, to),
            Self::Schema { from, .. } => self.schema_in(schema, names, from),
        }
    }

    fn relation_in(
        &self,
        schema: &Schema,
        names: &mut Names,
        from: &QualifiedName,
        to: &QualifiedName,
    ) -> Text {
        let mut hits = 0;
        for scope in &mut names.scopes {
            let mut is_qualifier = false;
            for source in &mut scope.sources {
                let SourceRelation::Relation(used) = &mut source.relation else { continue };
                if !self.object(schema, used) {
                    continue;
                }
                hits += 1;
                if source.alias.as_ref() == Some(&from.name) {
                    source.alias = Some(to.name.clone());
                    is_qualifier = true;
                }
            }
            let qualifiers = scope.columns.iter_mut().filter_map(|used| used.qualifier.as_mut());
            for qualifier in qualifiers.filter(|qualifier| is_qualifier && qualifier.name == from.name) {
                qualifier.name = to.name.clone();
            }
        }
        for used in &mut names.sequences {
            hits += usize::from(self.object(schema, used));
        }
        let stays = from.schema == to.schema;
        told(hits, stays && names.complete && !is_ambiguous(names, &from.name, Kind::Relation))
    }

    fn schema_in(&self, schema: &Schema, names: &mut Names, from: &Name) -> Text {
        for source in names.scopes.iter_mut().flat_map(|scope| &mut scope.sources) {
            if let SourceRelation::Relation(used) = &mut source.relation {
                self.object(schema, used);
            }
        }
        for used in names.sequences.iter_mut().chain(&mut names.functions) {
            self.object(schema, used);
        }
        for data_type in &mut names.types {
            self.data_type(data_type);
        }
        let sources = names.scopes.iter().flat_map(|scope| &scope.sources);
        let is_alias = sources.filter_map(super::resolve::called).any(|called| called == from);
        if is_alias || !names.complete { Text::Unknown } else { Text::Rewritten }
    }
}

fn type_in(names: &mut Names, from: &QualifiedName, to: &QualifiedName) -> Text {
    let mut hits = 0;
    for data_type in names.types.iter_mut().filter(|data_type| is_type(data_type, from)) {
        data_type.name = ObjectName::from(to);
        hits += 1;
    }
    let stays = from.schema == to.schema;
    told(hits, stays && names.complete && !is_ambiguous(names, &from.name, Kind::Type))
}

fn function_in(schema: &Schema, names: &mut Names, from: &FunctionSignature, to: &QualifiedName) -> Text {
    let mut hits = 0;
    for function in names.functions.iter_mut().filter(|function| is_function(function, from)) {
        *function = ObjectName::from(to);
        hits += 1;
    }
    let stays = from.name.schema == to.schema;
    let is_only = schema.overloads(&from.name.schema, &from.name.name).count() < 2;
    told(hits, stays && is_only && names.complete && !is_ambiguous(names, &from.name.name, Kind::Function))
}

fn told(hits: usize, certain: bool) -> Text {
    match (hits, certain) {
        (0, _) => Text::Same,
        (_, true) => Text::Rewritten,
        (_, false) => Text::Unknown,
    }
}

fn columns_renamed(
    schema: &Schema,
    own: Option<(&QualifiedName, &Table)>,
    names: &mut Names,
    renamed: Renamed<'_>,
) -> Text {
    let before = names.clone();
    let resolver = Resolver::new(schema, &before, own).during(renamed);
    let (mut hits, mut others, mut unknown) = (0, 0, 0);
    for (place, scope) in names.scopes.iter_mut().enumerate() {
        let maybe = scope.maybe_columns.iter_mut().map(|name| (None, name));
        let used = scope.columns.iter_mut().map(|used| (used.qualifier.clone(), &mut used.name));
        for (qualifier, name) in maybe.chain(used).filter(|(_, name)| **name == *renamed.from) {
            match resolver.meaning(place, &ColumnUse { qualifier, name: name.clone() }) {
                meaning if is_renamed(&meaning, renamed) => {
                    *name = renamed.to.clone();
                    hits += 1;
                }
                Meaning::Unknown => unknown += 1,
                Meaning::Column(..) | Meaning::Other | Meaning::Missing(_) => others += 1,
            }
        }
    }
    match (hits, others + unknown) {
        (0, _) if unknown == 0 => Text::Same,
        (_, 0) if names.complete && !is_ambiguous(&before, renamed.from, Kind::Column) => Text::Rewritten,
        _ => Text::Unknown,
    }
}

/// Gives the columns that a query shows their new names. What they are shown as follows where a query is not bound.
fn outputs_renamed(
    schema: &Schema,
    own: Option<(&QualifiedName, &Table)>,
    query: &mut Query,
    renamed: Renamed<'_>,
) {
    let before = query.names.clone();
    let resolver = Resolver::new(schema, &before, own).during(renamed);
    let follow = |scope: usize, outputs: &mut [Output]| {
        for output in outputs {
            let Output::Value { name, column: Some(used) } = output else { continue };
            if used.name != *renamed.from || !is_renamed(&resolver.meaning(scope, used), renamed) {
                continue;
            }
            if name == renamed.from && !schema.dialect.habits().binds {
                *name = renamed.to.clone();
            }
            used.name = renamed.to.clone();
        }
    };
    follow(0, query.outputs.as_deref_mut().unwrap_or_default());
    for source in query.names.scopes.iter_mut().flat_map(|scope| &mut scope.sources) {
        if let SourceRelation::Query { outputs: Some(outputs), scope } = &mut source.relation {
            follow(*scope, outputs);
        }
    }
}

fn is_renamed(meaning: &Meaning, renamed: Renamed<'_>) -> bool {
    matches!(meaning, Meaning::Column(table, column) if table == renamed.table && column == renamed.from)
}

/// The text of SQL that may hold a value of an enum: certain in the default of one of its columns.
fn value_text(
    schema: &Schema,
    own: Option<(&QualifiedName, &Table)>,
    names: &Names,
    name: &QualifiedName,
    from: &str,
    sql: &str,
) -> Text {
    if !rewrite::may_contain(sql, from) {
        return Text::Same;
    }
    let of_type = |table: &Table| {
        table.columns.iter().any(|column| column.data_type.as_ref().is_some_and(|its| is_type(its, name)))
    };
    let is_concerned = own.is_some_and(|(_, table)| of_type(table))
        || names.types.iter().any(|data_type| is_type(data_type, name))
        || names.scopes.iter().flat_map(|scope| &scope.sources).any(|source| {
            let SourceRelation::Relation(used) = &source.relation else { return false };
            schema.tables.iter().any(|(table, its)| is_meant(schema, used, table) && of_type(its))
        });
    match own {
        _ if !is_concerned => Text::Same,
        // A lone string: a default.
        Some(_) if names.scopes.iter().all(|scope| scope.columns.is_empty()) => Text::Rewritten,
        _ => Text::Unknown,
    }
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Relation,
    Column,
    Type,
    Function,
}

/// Whether a word may stand for something of another kind as well.
fn is_ambiguous(names: &Names, word: &Name, kind: Kind) -> bool {
    let is_column = |name: &ColumnUse| name.name == *word;
    names.scopes.iter().any(|scope| {
        (kind != Kind::Column && scope.columns.iter().any(is_column))
            || scope.aliases.contains(word)
            || scope.sources.iter().any(|source| {
                let is_relation =
                    matches!(&source.relation, SourceRelation::Relation(used) if used.name == *word);
                let is_alias = source.alias.as_ref() == Some(word) && !is_relation;
                source.columns.contains(word) || is_alias || (kind != Kind::Relation && is_relation)
            })
    }) || (kind != Kind::Function && names.functions.iter().any(|function| function.name == *word))
        || (kind != Kind::Type && names.types.iter().any(|data_type| data_type.name.name == *word))
}
