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
    share_ids(versions, revisions);
    let ids: Vec<String> =
        revisions.iter().map(|one| one.id().map_or("", |id| &id.value).to_owned()).collect();
    let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let entry = |id: &str| lock.and_then(|lock| lock.entry(id));
    let last_listed = ids.iter().rposition(|id| entry(id).is_some());
    let end = lock.and_then(|lock| end(lock, &ids)).or(last_listed);
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
            let lost = parents.is_empty() && !entry.parents.is_empty();
            let instead = before.filter(|_| lost).and_then(|before| ids.get(before)).map(String::as_str);
            revision.revise(if lost { instead.as_slice() } else { &parents });
        } else if let Some(listed) = last_listed.filter(|&listed| listed > place) {
            if let Some(listed) = ids.get(listed) {
                findings.push(out_of_order_version::finding(revision, listed));
            }
            revision.header_failed = true;
            continue;
        } else {
            let before = if before == last_listed { end } else { before };
            let parent = before.and_then(|before| ids.get(before)).map(String::as_str);
            revision.revise(parent.as_slice());
        }
        current = Some(place);
    }
}

/// The place of the one revision that the lock file lists and that no other one in it revises.
fn end(lock: &Lock, ids: &[String]) -> Option<usize> {
    let listed = || ids.iter().enumerate().filter_map(|(place, id)| Some((place, lock.entry(id)?)));
    let revised: BTreeSet<&str> =
        listed().flat_map(|(_, entry)| &entry.parents).map(|parent| &*parent.value).collect();
    let mut ends = listed().filter(|(_, entry)| !revised.contains(&*entry.id.value));
    let (end, _) = ends.next()?;
    ends.next().is_none().then_some(end)
}

/// Two revisions of one version are two of one id, however it is written: `1` and `0001`.
fn share_ids(versions: &[VersionKey], revisions: &mut [RevisionFiles]) {
    let mut before: Option<(&VersionKey, String)> = None;
    for (version, revision) in versions.iter().zip(revisions) {
        match &before {
            Some((same, id)) if *same == version => revision.identify(id),
            _ => before = revision.id().map(|id| (version, id.value.clone())),
        }
    }
}
