use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "wrong-object-kind",
    Family::Schema,
    "a statement takes an object for one of another kind",
    include_str!("wrong-object-kind.md"),
);
