use std::sync::Arc;

use super::comparison::{Both, Comparison, names_may_equal};
use crate::{
    QualifiedName,
    schema::{Attribute, Domain, Object, UserType, UserTypeKind},
};

impl Comparison<'_> {
    pub(super) fn types(&mut self) {
        let (expected, actual) = (self.expected, self.actual);
        for (name, one, other) in Self::changed(&expected.types, &actual.types) {
            match (one, other) {
                _ if self.is_unknown_within(name) => {}
                (Some(one), Some(other)) if Arc::ptr_eq(one, other) => {}
                (Some(one), Some(other)) => self.user_type(name, one, other),
                (Some(one), None) => self.missing(Object::Type(name.clone()), one.made),
                (None, Some(other)) => self.left_over(Object::Type(name.clone()), other.made),
                (None, None) => {}
            }
        }
    }

    fn user_type(&mut self, name: &QualifiedName, one: &UserType, other: &UserType) {
        let both = Both { object: Object::Type(name.clone()), made: (one.made, other.made) };
        match (&one.kind, &other.kind) {
            (UserTypeKind::Other, _) | (_, UserTypeKind::Other) => {}
            (UserTypeKind::Enum(expected), UserTypeKind::Enum(actual)) => {
                self.values(&both, name, expected, actual);
            }
            (UserTypeKind::Domain(expected), UserTypeKind::Domain(actual)) => {
                self.domain(&both, expected, actual);
            }
            (UserTypeKind::Composite(expected), UserTypeKind::Composite(actual)) => {
                let equal = expected.len() == actual.len()
                    && expected.iter().zip(actual).all(|(one, other)| {
                        one.name == other.name && self.types_may_equal(&one.data_type, &other.data_type)
                    });
                if !equal {
                    let [one, other] = [expected, actual].map(|attributes| self.attributes(attributes));
                    self.property(&both, "list of attributes", one, other);
                }
            }
            (
                UserTypeKind::Range { subtype: expected, options: one },
                UserTypeKind::Range { subtype: actual, options: other },
            ) => {
                if !self.types_may_equal(expected, actual) {
                    self.property(&both, "subtype", expected.to_string(), actual.to_string());
                } else if super::loose::loose(one) != super::loose::loose(other) {
                    self.property(&both, "options", one.as_str(), other.as_str());
                }
            }
            (one, other) => self.property(&both, "kind", kind(one), kind(other)),
        }
    }

    fn values(&mut self, both: &Both, name: &QualifiedName, expected: &[String], actual: &[String]) {
        let of = |value: &String| Object::EnumValue(name.clone(), value.clone());
        for value in expected.iter().filter(|value| !actual.contains(value)) {
            self.missing(of(value), both.made.0);
        }
        for value in actual.iter().filter(|value| !expected.contains(value)) {
            self.left_over(of(value), both.made.1);
        }
        let order = |these: &[String], those: &[String]| {
            let common = these.iter().filter(|value| those.contains(value));
            common.map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ")
        };
        self.property(both, "order of values", order(expected, actual), order(actual, expected));
    }

    fn domain(&mut self, both: &Both, expected: &Domain, actual: &Domain) {
        if !self.types_may_equal(&expected.base, &actual.base) {
            let [one, other] = [expected, actual].map(|domain| self.spelling.data_type(&domain.base));
            self.property(both, "type", one, other);
        }
        let nullability = |domain: &Domain| if domain.not_null { "NOT NULL" } else { "NULL" };
        self.property(both, "nullability", nullability(expected), nullability(actual));
        self.expression(both, "default", expected.default.as_ref(), actual.default.as_ref());
        if !collations_may_equal(expected.collation.as_ref(), actual.collation.as_ref()) {
            let [one, other] = [expected, actual].map(|domain| {
                domain.collation.as_ref().map(|name| self.spelling.object(name)).unwrap_or_default()
            });
            self.property(both, "collation", one, other);
        }
        let Object::Type(name) = &both.object else { return };
        self.constraints(name, &expected.checks, &actual.checks);
    }

    fn attributes(&self, attributes: &[Attribute]) -> String {
        let one = |attribute: &Attribute| {
            format!(
                "{} {}",
                self.spelling.name(&attribute.name),
                self.spelling.data_type(&attribute.data_type)
            )
        };
        attributes.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// Whether two collations may be the same.
pub(super) fn collations_may_equal(
    one: Option<&crate::ObjectName>,
    other: Option<&crate::ObjectName>,
) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => names_may_equal(one, other),
        (None, None) => true,
        _ => false,
    }
}

const fn kind(kind: &UserTypeKind) -> &'static str {
    match kind {
        UserTypeKind::Enum(_) => "enum",
        UserTypeKind::Domain(_) => "domain",
        UserTypeKind::Composite(_) => "composite",
        UserTypeKind::Range { .. } => "range",
        UserTypeKind::Other => "other",
    }
}
