use migrate_core::operation::Refusal;

use crate::{
    diagnostic::Diagnostic,
    replay::Site,
    rules::{self, Family, Level, Rule, schema::applies},
};

pub(crate) const RULE: Rule = Rule::new(
    "down-does-not-apply",
    Family::Reversal,
    "the database would refuse a down script",
    include_str!("down-does-not-apply.md"),
);

/// Of a statement of a down script, run after its up script; `None` where it is refused in some databases only.
pub(super) fn finding(site: &Site<'_>, refusal: &Refusal) -> Option<Diagnostic> {
    let mut finding = applies::finding(site, refusal);
    if rules::find(finding.rule).is_some_and(|rule| rule.level < Level::Deny) {
        return None;
    }
    finding.rule = RULE.name;
    finding.message = format!("this down script does not apply: {refusal}");
    Some(finding)
}
