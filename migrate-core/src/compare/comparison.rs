use std::{collections::BTreeMap, fmt};

use super::{Change, Difference};
use crate::{
    Name, ObjectName, QualifiedName, Schema, SharedMap,
    emit::Spelling,
    schema::{DataType, Expression, Object, Origin},
};

/// Two schemas, and what was found to differ.
pub(super) struct Comparison<'s> {
    pub(super) expected: &'s Schema,
    pub(super) actual: &'s Schema,
    pub(super) spelling: Spelling,
    pub(super) found: Vec<Difference>,
}

/// An object that both sides have, and the statements that made the two.
#[derive(Clone)]
pub(super) struct Both {
    pub(super) object: Object,
    pub(super) made: (Origin, Origin),
}

impl<'s> Comparison<'s> {
    pub(super) fn new(expected: &'s Schema, actual: &'s Schema) -> Self {
        Self { expected, actual, spelling: Spelling::of(expected.dialect), found: Vec::new() }
    }

    pub(super) fn knows_nothing(&self) -> bool {
        self.expected.unknown.everything || self.actual.unknown.everything
    }

    /// Whether either side cannot tell about objects of this name.
    pub(super) fn is_unknown(&self, name: &Name) -> bool {
        self.expected.unknown.contains(name) || self.actual.unknown.contains(name)
    }

    /// Whether either side cannot tell about an object, or the schema that it lies in.
    pub(super) fn is_unknown_within(&self, name: &QualifiedName) -> bool {
        self.is_unknown(&name.name) || self.is_unknown(&name.schema)
    }

    pub(super) fn missing(&mut self, object: Object, made: Origin) {
        self.found.push(Difference { object, change: Change::Missing { made } });
    }

    pub(super) fn left_over(&mut self, object: Object, made: Origin) {
        self.found.push(Difference { object, change: Change::LeftOver { made } });
    }

    pub(super) fn other_name(&mut self, both: &Both, actual: impl fmt::Display) {
        let change = Change::OtherName { actual: actual.to_string(), made: both.made };
        self.found.push(Difference { object: both.object.clone(), change });
    }

    /// Notes a property where its two texts are not the same.
    pub(super) fn property(
        &mut self,
        both: &Both,
        property: &'static str,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) {
        let (expected, actual) = (expected.into(), actual.into());
        if expected != actual {
            let change = Change::Property { property, expected, actual, made: both.made };
            self.found.push(Difference { object: both.object.clone(), change });
        }
    }

    /// Notes a property that is an expression, or nothing.
    pub(super) fn expression(
        &mut self,
        both: &Both,
        property: &'static str,
        expected: Option<&Expression>,
        actual: Option<&Expression>,
    ) {
        if !may_equal(expected, actual) {
            self.property(both, property, text(expected), text(actual));
        }
    }

    /// Whether two types may be the same. A schema counts only where both sides say it.
    pub(super) fn types_may_equal(&self, expected: &DataType, actual: &DataType) -> bool {
        let (one, other) = (&expected.name, &actual.name);
        self.is_unknown(&one.name)
            || self.is_unknown(&other.name)
            || (names_may_equal(one, other)
                && expected.modifiers == actual.modifiers
                && expected.array == actual.array)
    }

    /// The same of two maps that may share most of their entries: those are passed over.
    pub(super) fn changed<'m, K: Ord, V: PartialEq>(
        expected: &'m SharedMap<K, V>,
        actual: &'m SharedMap<K, V>,
    ) -> impl Iterator<Item = (&'m K, Option<&'m V>, Option<&'m V>)> {
        let keys = expected.changed_keys(actual).into_iter();
        keys.map(|key| (key, expected.get(key), actual.get(key)))
    }

    /// Goes over two maps, and gives what only one of them has and what both have.
    pub(super) fn pairs<'m, K: Ord, V>(
        expected: &'m BTreeMap<K, V>,
        actual: &'m BTreeMap<K, V>,
    ) -> impl Iterator<Item = (&'m K, Option<&'m V>, Option<&'m V>)> {
        let known = expected.iter().map(|(key, value)| (key, Some(value), actual.get(key)));
        let new = actual.iter().filter(|(key, _)| !expected.contains_key(key));
        known.chain(new.map(|(key, value)| (key, None, Some(value))))
    }
}

/// Whether two names may mean the same object: a schema counts only where both sides say it.
pub(super) fn names_may_equal(one: &ObjectName, other: &ObjectName) -> bool {
    one.name == other.name
        && one.schema.as_ref().zip(other.schema.as_ref()).is_none_or(|(one, other)| one == other)
}

/// Whether two expressions may be the same.
pub(super) fn may_equal(expected: Option<&Expression>, actual: Option<&Expression>) -> bool {
    match (expected, actual) {
        (Some(expected), Some(actual)) => expected == actual || !expected.exact || !actual.exact,
        (None, None) => true,
        _ => false,
    }
}

fn text(expression: Option<&Expression>) -> &str {
    expression.map_or("", |expression| &expression.sql)
}
