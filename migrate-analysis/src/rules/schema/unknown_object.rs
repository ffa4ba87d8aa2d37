use migrate_core::schema::ObjectKind;

use crate::rules::{Family, Rule};

pub(crate) const TABLE: Rule =
    rule_of("unknown-table", "a statement names a table that is not there", include_str!("unknown-table.md"));
pub(crate) const COLUMN: Rule = rule_of(
    "unknown-column",
    "a statement names a column that is not there",
    include_str!("unknown-column.md"),
);
pub(crate) const INDEX: Rule = rule_of(
    "unknown-index",
    "a statement names an index that is not there",
    include_str!("unknown-index.md"),
);
pub(crate) const CONSTRAINT: Rule = rule_of(
    "unknown-constraint",
    "a statement names a constraint that is not there",
    include_str!("unknown-constraint.md"),
);
pub(crate) const TYPE: Rule =
    rule_of("unknown-type", "a statement names a type that is not there", include_str!("unknown-type.md"));
pub(crate) const VIEW: Rule =
    rule_of("unknown-view", "a statement names a view that is not there", include_str!("unknown-view.md"));
pub(crate) const FUNCTION: Rule = rule_of(
    "unknown-function",
    "a statement names a function that is not there",
    include_str!("unknown-function.md"),
);
pub(crate) const SEQUENCE: Rule = rule_of(
    "unknown-sequence",
    "a statement names a sequence that is not there",
    include_str!("unknown-sequence.md"),
);
pub(crate) const TRIGGER: Rule = rule_of(
    "unknown-trigger",
    "a statement names a trigger that is not there",
    include_str!("unknown-trigger.md"),
);
pub(crate) const SCHEMA: Rule = rule_of(
    "unknown-schema",
    "a statement names a schema that is not there",
    include_str!("unknown-schema.md"),
);
pub(crate) const EXTENSION: Rule = rule_of(
    "unknown-extension",
    "a statement names an extension that is not there",
    include_str!("unknown-extension.md"),
);
pub(crate) const POLICY: Rule = rule_of(
    "unknown-policy",
    "a statement names a policy that is not there",
    include_str!("unknown-policy.md"),
);
pub(crate) const ENUM_VALUE: Rule = rule_of(
    "unknown-enum-value",
    "a statement names an enum value that is not there",
    include_str!("unknown-enum-value.md"),
);

const fn rule_of(name: &'static str, summary: &'static str, page: &'static str) -> Rule {
    Rule::new(name, Family::Schema, summary, page)
}

/// The rule about what is not there.
pub(crate) const fn rule(kind: ObjectKind) -> &'static Rule {
    match kind {
        ObjectKind::Table => &TABLE,
        ObjectKind::Column => &COLUMN,
        ObjectKind::Index => &INDEX,
        ObjectKind::Constraint => &CONSTRAINT,
        ObjectKind::Type => &TYPE,
        ObjectKind::View | ObjectKind::MaterializedView => &VIEW,
        ObjectKind::Function => &FUNCTION,
        ObjectKind::Sequence => &SEQUENCE,
        ObjectKind::Trigger => &TRIGGER,
        ObjectKind::Schema => &SCHEMA,
        ObjectKind::Extension => &EXTENSION,
        ObjectKind::Policy => &POLICY,
        ObjectKind::EnumValue => &ENUM_VALUE,
    }
}
