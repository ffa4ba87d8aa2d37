use migrate_core::Dialect;

use crate::rules::{Family, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "dependent-objects",
    Family::Schema,
    "a statement drops what others depend on",
    include_str!("dependent-objects.md"),
);

/// What to do. Where nothing but its parts keeps an object, there is no `CASCADE`.
pub(crate) fn help(dialect: Dialect) -> &'static str {
    if dialect.habits().guards_drops {
        "drop or change what depends on it first, or write `CASCADE` where all of that is to go along"
    } else {
        "drop or change what depends on it first"
    }
}
