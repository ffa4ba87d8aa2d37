use std::{collections::BTreeMap, sync::Arc};

use super::comparison::{Both, Comparison};
use crate::{
    Name, QualifiedName,
    schema::{Index, Object, Output, Query, SourceRelation, View, ViewColumn},
};

impl Comparison<'_> {
    pub(super) fn views(&mut self) {
        let (expected, actual) = (self.expected, self.actual);
        for (name, one, other) in Self::changed(&expected.views, &actual.views) {
            match (one, other) {
                (Some(one), Some(other)) if Arc::ptr_eq(one, other) => {}
                _ if self.is_unknown_within(name) => {}
                (Some(one), Some(other)) if one.materialized != other.materialized => {
                    self.missing(object(name, one), one.made);
                    self.left_over(object(name, other), other.made);
                }
                (Some(one), Some(other)) if !one.temporary && !other.temporary => self.view(name, one, other),
                (Some(one), _) if !one.temporary => self.missing(object(name, one), one.made),
                (_, Some(other)) if !other.temporary => self.left_over(object(name, other), other.made),
                _ => {}
            }
        }
    }

    fn view(&mut self, name: &QualifiedName, one: &View, other: &View) {
        let both = Both { object: object(name, one), made: (one.made, other.made) };
        if self.columns_differ(one, other) {
            let [one, other] = [one, other].map(|view| self.view_columns(view.columns.as_deref()));
            self.property(&both, "list of columns", one, other);
        } else if queries_differ(&one.query, &other.query) {
            self.property(&both, "query", &*one.query.sql, &*other.query.sql);
        }
        let none = BTreeMap::<_, Index>::new();
        let (expected, actual) =
            if one.materialized { (&one.indexes, &other.indexes) } else { (&none, &none) };
        self.indexes(name, expected, actual);
        self.triggers(name, &one.triggers, &other.triggers);
    }

    /// Only where both lists are known; of a column whose type cannot be told, its name.
    fn columns_differ(&self, one: &View, other: &View) -> bool {
        let (Some(one), Some(other)) = (&one.columns, &other.columns) else { return false };
        let may_equal = |one: &ViewColumn, other: &ViewColumn| {
            one.name == other.name
                && one
                    .data_type
                    .as_ref()
                    .zip(other.data_type.as_ref())
                    .is_none_or(|(one, other)| self.types_may_equal(one, other))
        };
        one.len() != other.len() || !one.iter().zip(other).all(|(one, other)| may_equal(one, other))
    }

    fn view_columns(&self, columns: Option<&[ViewColumn]>) -> String {
        let one = |column: &ViewColumn| match &column.data_type {
            Some(data_type) => {
                format!("{} {}", self.spelling.name(&column.name), self.spelling.data_type(data_type))
            }
            None => self.spelling.name(&column.name),
        };
        columns.unwrap_or_default().iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

fn object(name: &QualifiedName, view: &View) -> Object {
    if view.materialized { Object::MaterializedView(name.clone()) } else { Object::View(name.clone()) }
}

/// A list of columns and the `*` that stood for it may be the same, so that only queries with the same of them are compared.
fn queries_differ(one: &Query, other: &Query) -> bool {
    let may_tell = || match (stars(one), stars(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    one != other && one.exact && other.exact && may_tell()
}

/// What each `*` of a query and of the queries in its `FROM` stands for; `None` where that is not known.
fn stars(query: &Query) -> Option<Vec<Option<&Name>>> {
    let sources = query.names.scopes.iter().flat_map(|scope| &scope.sources);
    let inner = sources.filter_map(|source| match &source.relation {
        SourceRelation::Query { outputs, .. } => Some(outputs.as_ref()),
        SourceRelation::Relation(_) | SourceRelation::Opaque => None,
    });
    let mut stars = Vec::new();
    for outputs in std::iter::once(query.outputs.as_ref()).chain(inner) {
        stars.extend(outputs?.iter().filter_map(|output| match output {
            Output::All { qualifier } => Some(qualifier.as_ref()),
            Output::Value { .. } => None,
        }));
    }
    Some(stars)
}
