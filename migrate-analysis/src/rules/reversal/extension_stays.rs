use migrate_core::compare::Difference;

use super::{differences, proof::Way};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "extension-stays",
    Family::Reversal,
    "a down script leaves an extension in the database",
    include_str!("extension-stays.md"),
)
.level(Level::Allow);

pub(super) fn finding(way: &Way<'_>, differences: &[&Difference]) -> Option<Diagnostic> {
    Some(
        differences::finding(RULE.name, way, differences)?
            .help("`DROP EXTENSION` takes it away, where nothing else uses it"),
    )
}
