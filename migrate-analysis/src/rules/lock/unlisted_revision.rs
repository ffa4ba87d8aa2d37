use super::{Locked, sealed_revision_removed};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "unlisted-revision",
    Family::Lock,
    "a revision is not listed in the lock file",
    include_str!("unlisted-revision.md"),
);

/// Once something is sealed, a file from nowhere may be one that a merge brought back, and it will not have shipped.
/// Before that the lock file is only a list.
pub(super) fn check(locked: &Locked<'_>, findings: &mut Vec<Diagnostic>) {
    // Whose id was changed is one error already.
    let renamed = sealed_revision_removed::renamed_ids(locked);
    let is_unlisted = |id: &str| locked.lock.entry(id).is_none() && !renamed.contains(id);
    let unlisted = locked.history.revisions.iter().filter(|member| is_unlisted(&member.id.value));
    // A revision whose place is not known has an error of its own.
    for member in unlisted.filter(|member| !member.files.header_failed) {
        let file = quote(locked.lock.file.path());
        let message = format!("{} is not listed in {file}", quote(&member.id.value));
        let finding = member
            .at_id(Diagnostic::new(RULE.name, message), "")
            .help("`cargo migrate lock --draft` lists it");
        let is_error = locked.lock.has_sealed();
        findings.push(if is_error { finding } else { finding.at_most_a_warning() });
    }
}
