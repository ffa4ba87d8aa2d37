use super::{
    comparison::{Comparison, may_equal, names_may_equal},
    user_type::collations_may_equal,
};
use crate::{
    Name, ObjectName,
    schema::{Expression, IndexKey, IndexTarget, Names},
};

impl Comparison<'_> {
    /// Whether two lists of keys of an index may be the same.
    pub(super) fn keys_may_equal(&self, one: &[IndexKey], other: &[IndexKey]) -> bool {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| key_may_equal(one, other))
    }
}

pub(super) fn key_may_equal(one: &IndexKey, other: &IndexKey) -> bool {
    let targets = match (&one.target, &other.target) {
        (IndexTarget::Column(one), IndexTarget::Column(other)) => one == other,
        (IndexTarget::Expression(one), IndexTarget::Expression(other)) => may_equal(Some(one), Some(other)),
        (IndexTarget::Column(column), IndexTarget::Expression(expression))
        | (IndexTarget::Expression(expression), IndexTarget::Column(column)) => is_cast(expression, column),
    };
    targets
        && collations_may_equal(one.collation.as_ref(), other.collation.as_ref())
        && classes_may_equal(one.operator_class.as_ref(), other.operator_class.as_ref())
        && one.descending == other.descending
        && one.nulls_first == other.nulls_first
}

/// Whether an expression is a cast of the column alone, written as a call: of a column that is of that type already it is
/// the column.
fn is_cast(expression: &Expression, column: &Name) -> bool {
    let Names { scopes, functions, .. } = &expression.names;
    let is_column = scopes.iter().flat_map(|scope| &scope.columns).all(|used| used.name == *column);
    matches!(functions.as_slice(), [only] if CASTS.contains(&only.name.identity())) && is_column
}

/// Types that can be called as functions.
const CASTS: &[&str] = &[
    "date",
    "float4",
    "float8",
    "int2",
    "int4",
    "int8",
    "name",
    "numeric",
    "text",
    "timestamptz",
    "varchar",
];

/// An operator class is left out where it is that of the type, which takes a catalog to know: only two that are said
/// can be told apart.
fn classes_may_equal(one: Option<&ObjectName>, other: Option<&ObjectName>) -> bool {
    one.zip(other).is_none_or(|(one, other)| names_may_equal(one, other))
}
