use migrate_core::schema::ObjectKind;

use crate::rules::{Family, Rule};

pub(crate) const TABLE: Rule = rule_of(
    "duplicate-table",
    "a statement makes a table that is there already",
    include_str!("duplicate-table.md"),
);
pub(crate) const COLUMN: Rule = rule_of(
    "duplicate-column",
    "a statement makes a column that is there already",
    include_str!("duplicate-column.md"),
);
pub(crate) const INDEX: Rule = rule_of(
    "duplicate-index",
    "a statement makes an index that is there already",
    include_str!("duplicate-index.md"),
);
pub(crate) const CONSTRAINT: Rule = rule_of(
    "duplicate-constraint",
    "a statement makes a constraint that is there already",
    include_str!("duplicate-constraint.md"),
);
pub(crate) const TYPE: Rule = rule_of(
    "duplicate-type",
    "a statement makes a type that is there already",
    include_str!("duplicate-type.md"),
);
pub(crate) const VIEW: Rule = rule_of(
    "duplicate-view",
    "a statement makes a view that is there already",
    include_str!("duplicate-view.md"),
);
pub(crate) const FUNCTION: Rule = rule_of(
    "duplicate-function",
    "a statement makes a function that is there already",
    include_str!("duplicate-function.md"),
);
pub(crate) const SEQUENCE: Rule = rule_of(
    "duplicate-sequence",
    "a statement makes a sequence that is there already",
    include_str!("duplicate-sequence.md"),
);
pub(crate) const TRIGGER: Rule = rule_of(
    "duplicate-trigger",
    "a statement makes a trigger that is there already",
    include_str!("duplicate-trigger.md"),
);
pub(crate) const SCHEMA: Rule = rule_of(
    "duplicate-schema",
    "a statement makes a schema that is there already",
    include_str!("duplicate-schema.md"),
);
pub(crate) const EXTENSION: Rule = rule_of(
    "duplicate-extension",
    "a statement makes an extension that is there already",
    include_str!("duplicate-extension.md"),
);
pub(crate) const POLICY: Rule = rule_of(
    "duplicate-policy",
    "a statement makes a policy that is there already",
    include_str!("duplicate-policy.md"),
);
pub(crate) const ENUM_VALUE: Rule = rule_of(
    "duplicate-enum-value",
    "a statement makes an enum value that is there already",
    include_str!("duplicate-enum-value.md"),
);

const fn rule_of(name: &'static str, summary: &'static str, page: &'static str) -> Rule {
    Rule::new(name, Family::Schema, summary, page)
}

/// The rule about what is there already.
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
