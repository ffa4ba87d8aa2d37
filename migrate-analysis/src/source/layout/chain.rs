//! What each revision of a foreign history revises.

use std::collections::BTreeSet;

use super::version::VersionKey;
use crate::{
    diagnostic::Diagnostic,
    rules::graph::out_of_order_version,
    source::{Lock, RevisionFiles},
};

/// Gives the revisions, which stand in the order of their versions, their parents: those that the lock file records, or
/// else the version before.
///
/// A revision that the lock file does not list is a new one. Its version has to be higher than all that are listed: what
/// would come between them has been skipped where they were applied.
pub(super) fn link(
    versions: &[VersionKey],
    revisions: &mut [RevisionFiles],
    lock: Option<&Lock>,
    findings: &mut Vec<Diagnostic>,
) {
    let ids: Vec<String> =
        revisions.iter().map(|one| one.id().map_or("", |id| &id.value).to_owned()).collect();
    let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let entry = |id: &str| lock.and_then(|lock| lock.entry(id));
    let last_listed = ids.iter().rposition(|id| entry(id).is_some());
    // What the next version revises; two of one version revise the same.
    let mut before: Option<usize> = None;
    let mut current: Option<usize> = None;
    for (place, revision) in revisions.iter_mut().enumerate() {
        if current.is_none_or(|current| versions.get(current) != versions.get(place)) {
            before = current;
        }
        let id = ids.get(place).map_or("", String::as_str);
        if let Some(entry) = entry(id) {
            let parents = entry.parents.iter().map(|parent| &*parent.value);
            let parents: Vec<&str> = parents.filter(|parent| known.contains(parent)).collect();
            revision.revise(&parents);
        } else if let Some(listed) = last_listed.filter(|&listed| listed > place) {
            if let Some(listed) = ids.get(listed) {
                findings.push(out_of_order_version::finding(revision, listed));
            }
            revision.header_failed = true;
            continue;
        } else {
            let parent = before.and_then(|before| ids.get(before)).map(String::as_str);
            revision.revise(parent.as_slice());
        }
        current = Some(place);
    }
}
