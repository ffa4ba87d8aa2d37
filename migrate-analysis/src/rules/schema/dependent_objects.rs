use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "dependent-objects",
    Family::Schema,
    "a statement drops what others depend on",
    include_str!("dependent-objects.md"),
);

pub(crate) const HELP: &str =
    "drop or change what depends on it first, or write `CASCADE` where all of that is to go along";
