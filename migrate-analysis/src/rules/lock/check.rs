use super::{
    invalid_lock, lock_conflict_markers, lock_head_mismatch, sealed_revision_edited, sealed_revision_removed,
    stale_lock_entry, unlisted_revision,
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    report::Edition,
    rules::graph::history::{History, Sound},
    source::{Lock, Sources},
};

/// The rules whose findings go away when the lock file is written anew.
pub(crate) const MENDED_BY_WRITING: [&str; 4] = [
    lock_conflict_markers::RULE.name,
    lock_head_mismatch::RULE.name,
    stale_lock_entry::RULE.name,
    unlisted_revision::RULE.name,
];

/// A lock file, and what it is compared with.
pub(crate) struct Locked<'r> {
    pub(crate) lock: &'r Lock,
    pub(crate) sources: &'r Sources,
    pub(crate) config: &'r Config,
    pub(crate) history: &'r History<'r>,
    pub(crate) sound: &'r Sound<'r>,
    pub(crate) editions: &'r [Edition],
}

/// Checks a lock file.
pub(crate) fn check(locked: &Locked<'_>, findings: &mut Vec<Diagnostic>) {
    invalid_lock::check(locked.lock, findings);
    sealed_revision_edited::check(locked, findings);
    if locked.lock.problems.is_empty() {
        lock_conflict_markers::check(locked.lock, findings);
        unlisted_revision::check(locked, findings);
        sealed_revision_removed::check(locked, findings);
        // Whoever ends the conflict writes these anew.
        if locked.lock.conflict_markers.is_empty() {
            lock_head_mismatch::check(locked.lock, findings);
            stale_lock_entry::check(locked, findings);
        }
    }
}
