use migrate_core::operation::Refusal;

use crate::{
    diagnostic::Diagnostic,
    replay::Site,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "down-does-not-apply",
    Family::Reversal,
    "the database would refuse a down script",
    include_str!("down-does-not-apply.md"),
);

/// Of a statement of a down script, run after its up script.
pub(super) fn finding(site: &Site<'_>, refusal: &Refusal) -> Option<Diagnostic> {
    let object = match refusal {
        Refusal::Unknown { object, .. }
        | Refusal::Duplicate { object, .. }
        | Refusal::WrongKind { object, .. }
        | Refusal::Dependents { object, .. }
        | Refusal::ReferencedNotUnique { table: object, .. }
        | Refusal::ForeignKeyTypes { column: (object, _), .. } => Some(object),
        Refusal::Other { about, .. } => about.as_ref().map(|(object, _)| object),
    };
    let message = format!("this down script does not apply: {refusal}");
    Some(site.at(Diagnostic::new(RULE.name, message), object, ""))
}
