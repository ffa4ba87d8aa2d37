use migrate_core::compare::Difference;

use super::{differences, proof::Way};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "restored-under-another-name",
    Family::Reversal,
    "what a down script gives back has another name, which the database made",
    include_str!("restored-under-another-name.md"),
)
.level(Level::Warn);

pub(super) fn finding(way: &Way<'_>, differences: &[&Difference]) -> Option<Diagnostic> {
    Some(
        differences::finding(RULE.name, way, differences)?
            .help("scripts that name it will not find it: give it its name in the down script"),
    )
}
