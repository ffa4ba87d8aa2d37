use migrate_core::compare::Difference;

use super::{differences, proof::Way};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "column-order-differs",
    Family::Reversal,
    "after a down script the columns of a table are in another order",
    include_str!("column-order-differs.md"),
)
.level(Level::Allow);

pub(super) fn finding(way: &Way<'_>, differences: &[&Difference]) -> Option<Diagnostic> {
    Some(
        differences::finding(RULE.name, way, differences)?
            .help("name the columns in each `INSERT` and `SELECT`: then their order does not matter"),
    )
}
