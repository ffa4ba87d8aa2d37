use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::Lock,
};

pub(crate) const RULE: Rule = Rule::new(
    "lock-conflict-markers",
    Family::Lock,
    "the lock file has a merge conflict",
    include_str!("lock-conflict-markers.md"),
)
.always();

/// How many markers are shown beside the first.
const MOST_SHOWN: usize = 3;

pub(super) fn check(lock: &Lock, findings: &mut Vec<Diagnostic>) {
    let Some((first, others)) = lock.conflict_markers.split_first() else { return };
    let finding = Diagnostic::new(RULE.name, "two branches added revisions, and met in a merge")
        .at(&lock.file, *first, "the conflict is still there")
        .help("`cargo migrate rebase` lets the drafts of one branch follow the other")
        .help("`cargo migrate revision -m merge --head heads` joins two branches that are both sealed");
    let others = others.iter().take(MOST_SHOWN);
    findings.push(others.fold(finding, |finding, marker| finding.beside(&lock.file, *marker, "")));
}
