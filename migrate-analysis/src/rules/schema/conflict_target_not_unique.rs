use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "conflict-target-not-unique",
    Family::Schema,
    "`ON CONFLICT` names columns that are not unique",
    include_str!("conflict-target-not-unique.md"),
);
