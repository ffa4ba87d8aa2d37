use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "foreign-key-type-mismatch",
    Family::Schema,
    "a foreign key refers to a column of another type",
    include_str!("foreign-key-type-mismatch.md"),
);
