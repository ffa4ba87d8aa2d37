use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "not-replaceable",
    Family::Schema,
    "`OR REPLACE` changes what it cannot change",
    include_str!("not-replaceable.md"),
);
