use std::collections::BTreeSet;

use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::Lock,
};

pub(crate) const RULE: Rule = Rule::new(
    "lock-head-mismatch",
    Family::Lock,
    "the line `head` of the lock file names other revisions than its other lines",
    include_str!("lock-head-mismatch.md"),
);

pub(super) fn check(lock: &Lock, findings: &mut Vec<Diagnostic>) {
    let parents: BTreeSet<&str> =
        lock.entries.iter().flat_map(|entry| &entry.parents).map(|parent| &*parent.value).collect();
    let ids = lock.entries.iter().map(|entry| &*entry.id.value);
    let heads: Vec<&str> = ids.filter(|id| !parents.contains(id)).collect();
    let named: BTreeSet<&str> = lock.heads.iter().map(|head| &*head.value).collect();
    if named == heads.iter().copied().collect() {
        return;
    }
    let line = format!("head {}", heads.join(", "));
    let message = "the line `head` of the lock file is not what its other lines say";
    let finding = Diagnostic::new(RULE.name, message);
    findings.push(match lock.head_line {
        Some(span) => finding
            .at(&lock.file, span, "a merge by hand may have left it behind")
            .help("`cargo migrate lock --draft` writes the file anew")
            .fix("write what they say", &lock.file, span, line.trim_end()),
        None => finding.about(&lock.file).help("`cargo migrate lock --draft` writes the file anew"),
    });
}
