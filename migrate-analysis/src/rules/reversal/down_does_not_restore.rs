use migrate_core::compare::Difference;

use super::{differences, proof::Way};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "down-does-not-restore",
    Family::Reversal,
    "a down script does not give back the schema that there was before",
    include_str!("down-does-not-restore.md"),
);

pub(super) fn finding(way: &Way<'_>, differences: &[&Difference]) -> Option<Diagnostic> {
    Some(differences::finding(RULE.name, way, differences)?.help("a downgrade has to leave the schema as the up script found it, or the next upgrade meets another one"))
}
