use migrate_core::compare::Difference;

use super::{differences, proof::Way};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "enum-value-stays",
    Family::Reversal,
    "a down script leaves a value in an enum",
    include_str!("enum-value-stays.md"),
)
.level(Level::Warn);

pub(super) fn finding(way: &Way<'_>, differences: &[&Difference]) -> Option<Diagnostic> {
    Some(
        differences::finding(RULE.name, way, differences)?.help(
            "no statement takes a value away: make the type anew, or declare that there is no way back",
        ),
    )
}
