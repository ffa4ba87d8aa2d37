use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "values-and-columns-differ",
    Family::Schema,
    "an `INSERT` gives more or fewer values than it names columns",
    include_str!("values-and-columns-differ.md"),
);
