use std::collections::BTreeSet;

use super::{
    fuel::Fuel,
    lookup::Lookup,
    resolve::{called, is_shown},
};
use crate::{
    Name, ObjectName,
    schema::{
        Column, ColumnUse, DataType, Names, Output, Query, Relation, Schema, Source, SourceRelation,
        ViewColumn,
    },
};

impl Schema {
    /// The columns that a query gives, in order, with all stars expanded: those of a view, or of a table that is made
    /// of it. `renamed` are the names that the statement gives to the first of them. `None` where they cannot be told.
    pub(super) fn output_columns(&self, query: &Query, renamed: &[Name]) -> Option<Vec<ViewColumn>> {
        let outputs = query.outputs.as_deref()?;
        let mut columns = Outputs::new(self, &query.names).expanded(outputs, 0)?;
        if renamed.len() > columns.len() {
            return None;
        }
        for (column, name) in columns.iter_mut().zip(renamed) {
            column.name = name.clone();
        }
        // `USING` shows a column of both sides once, and in front.
        let distinct: BTreeSet<&Name> = columns.iter().map(|column| &column.name).collect();
        (distinct.len() == columns.len()).then_some(columns)
    }

    /// Adds what the stars of a query stand for to the columns that it uses: a view that is bound goes on showing what
    /// was there when it was made.
    pub(super) fn expand_stars(&self, query: &mut Query) {
        let inner = query.names.scopes.iter().flat_map(|scope| &scope.sources).filter_map(|source| {
            match &source.relation {
                SourceRelation::Query { outputs: Some(outputs), scope } => Some((*scope, outputs)),
                SourceRelation::Query { outputs: None, .. }
                | SourceRelation::Relation(_)
                | SourceRelation::Opaque => None,
            }
        });
        let all = query.outputs.iter().map(|outputs| (0, outputs)).chain(inner);
        let shown: Vec<(usize, Vec<ColumnUse>)> = all
            .map(|(scope, outputs)| (scope, Outputs::new(self, &query.names).starred(outputs, scope)))
            .collect();
        for (scope, shown) in shown {
            if let Some(scope) = query.names.scopes.get_mut(scope) {
                scope.columns.extend(shown);
            }
        }
    }
}

/// Follows the results of a query, and of those within it.
struct Outputs<'s> {
    schema: &'s Schema,
    names: &'s Names,
    fuel: Fuel,
}

impl<'s> Outputs<'s> {
    fn new(schema: &'s Schema, names: &'s Names) -> Self {
        Self { schema, names, fuel: Fuel::new() }
    }

    fn sources(&self, scope: usize, qualifier: Option<&'s Name>) -> impl Iterator<Item = &'s Source> {
        let sources = self.names.scopes.get(scope).map_or(&[][..], |scope| &scope.sources);
        sources.iter().filter(move |source| is_shown(source, qualifier))
    }

    fn expanded(&self, outputs: &'s [Output], scope: usize) -> Option<Vec<ViewColumn>> {
        self.fuel.deeper(|| self.all_expanded(outputs, scope))?
    }

    fn all_expanded(&self, outputs: &'s [Output], scope: usize) -> Option<Vec<ViewColumn>> {
        let mut columns = Vec::new();
        for output in outputs {
            match output {
                Output::Value { name, column } => columns.push(ViewColumn {
                    name: name.clone(),
                    data_type: column.as_ref().and_then(|used| self.type_of(scope, used)),
                }),
                Output::All { qualifier } => {
                    let mut shown = self.sources(scope, qualifier.as_ref()).peekable();
                    shown.peek()?;
                    for source in shown {
                        columns.extend(self.columns(source)?);
                    }
                }
            }
        }
        Some(columns)
    }

    /// All columns of a source, in order.
    fn columns(&self, source: &'s Source) -> Option<Vec<ViewColumn>> {
        let mut columns = match &source.relation {
            SourceRelation::Relation(relation) => self.relation_columns(relation)?,
            SourceRelation::Query { outputs, scope } => self.expanded(outputs.as_deref()?, *scope)?,
            SourceRelation::Opaque => return None,
        };
        for (column, name) in columns.iter_mut().zip(&source.columns) {
            column.name = name.clone();
        }
        Some(columns)
    }

    fn relation_columns(&self, relation: &ObjectName) -> Option<Vec<ViewColumn>> {
        match self.schema.relation(relation) {
            Lookup::Found((found, Relation::Table)) => {
                let table =
                    self.schema.tables.get(&found).filter(|table| table.known && table.order_known)?;
                let shown = |column: &Column| ViewColumn {
                    name: column.name.clone(),
                    data_type: column.data_type.clone(),
                };
                Some(table.columns.iter().map(shown).collect())
            }
            Lookup::Found((found, Relation::View)) => self.schema.views.get(&found)?.columns.clone(),
            Lookup::Found(_) | Lookup::Missing | Lookup::Unknown => None,
        }
    }

    /// The type of a column that a query uses, where only one of its sources can have it.
    fn type_of(&self, scope: usize, used: &ColumnUse) -> Option<DataType> {
        let qualifier = used.qualifier.as_ref().map(|qualifier| &qualifier.name);
        let sources = self.names.scopes.get(scope)?.sources.iter();
        let called = sources.filter(|source| qualifier.is_none_or(|name| called(source) == Some(name)));
        self.only(called.map(|source| self.type_in(source, &used.name)))
    }

    fn type_in(&self, source: &Source, name: &Name) -> Type {
        if !source.columns.is_empty() {
            return Type::Unknown;
        }
        self.fuel.deeper(|| self.type_in_relation(source, name)).unwrap_or(Type::Unknown)
    }

    fn type_in_relation(&self, source: &Source, name: &Name) -> Type {
        match &source.relation {
            SourceRelation::Relation(relation) => match self.relation_columns(relation) {
                Some(columns) => Type::of(columns.into_iter().find(|column| column.name == *name)),
                None => Type::Unknown,
            },
            SourceRelation::Query { outputs: Some(outputs), scope } => {
                self.type_in_outputs(outputs, *scope, name)
            }
            SourceRelation::Query { outputs: None, .. } | SourceRelation::Opaque => Type::Unknown,
        }
    }

    fn type_in_outputs(&self, outputs: &[Output], scope: usize, name: &Name) -> Type {
        for output in outputs {
            match output {
                Output::Value { name: given, column } if given == name => {
                    let data_type = column.as_ref().and_then(|used| self.type_of(scope, used));
                    return data_type.map_or(Type::Unknown, Type::Known);
                }
                Output::Value { .. } => {}
                Output::All { qualifier } => {
                    let scope = self.names.scopes.get(scope);
                    let sources = scope.map_or(&[][..], |scope| &scope.sources).iter();
                    let shown = sources.filter(|source| is_shown(source, qualifier.as_ref()));
                    let mut types = shown.map(|source| self.type_in(source, name));
                    if let Some(found) = types.find(|found| !matches!(found, Type::NoColumn)) {
                        return found;
                    }
                }
            }
        }
        Type::NoColumn
    }

    /// The type that one of several sources gives, where the others have no such column.
    fn only(&self, types: impl Iterator<Item = Type>) -> Option<DataType> {
        let mut only = None;
        for found in types {
            match (found, &only) {
                (Type::NoColumn, _) => {}
                (Type::Known(data_type), None) => only = Some(data_type),
                (Type::Known(_), Some(_)) | (Type::Unknown, _) => return None,
            }
        }
        only
    }

    /// The columns that the stars in a list of results stand for.
    fn starred(&self, outputs: &'s [Output], scope: usize) -> Vec<ColumnUse> {
        let mut shown = Vec::new();
        for output in outputs {
            let Output::All { qualifier } = output else { continue };
            for source in self.sources(scope, qualifier.as_ref()) {
                let columns = self.columns(source).unwrap_or_default();
                let qualifier = called(source).cloned().map(ObjectName::bare);
                shown.extend(
                    columns
                        .into_iter()
                        .map(|column| ColumnUse { qualifier: qualifier.clone(), name: column.name }),
                );
            }
        }
        shown
    }
}

/// What is known of the type of a column in a source.
enum Type {
    Known(DataType),
    NoColumn,
    Unknown,
}

impl Type {
    fn of(column: Option<ViewColumn>) -> Self {
        match column {
            Some(ViewColumn { data_type: Some(data_type), .. }) => Self::Known(data_type),
            Some(ViewColumn { data_type: None, .. }) => Self::Unknown,
            None => Self::NoColumn,
        }
    }
}
