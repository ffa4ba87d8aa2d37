use super::{
    comparison::{Comparison, may_equal, names_may_equal},
    user_type::collations_may_equal,
};
use crate::{
    ObjectName,
    schema::{IndexKey, IndexTarget},
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
        _ => false,
    };
    targets
        && collations_may_equal(one.collation.as_ref(), other.collation.as_ref())
        && classes_may_equal(one.operator_class.as_ref(), other.operator_class.as_ref())
        && one.descending == other.descending
        && one.nulls_first == other.nulls_first
}

/// An operator class is left out where it is that of the type, which takes a catalog to know: only two that are said
/// can be told apart.
fn classes_may_equal(one: Option<&ObjectName>, other: Option<&ObjectName>) -> bool {
    one.zip(other).is_none_or(|(one, other)| names_may_equal(one, other))
}
