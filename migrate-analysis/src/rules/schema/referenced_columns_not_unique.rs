use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "referenced-columns-not-unique",
    Family::Schema,
    "a foreign key refers to columns that are not unique",
    include_str!("referenced-columns-not-unique.md"),
);

pub(crate) const HELP: &str =
    "refer to the primary key, or make a unique constraint over exactly these columns first";
