//! What the lock file records, compared with the directory, and with itself.

mod chain;
mod check;
mod compare;
pub(crate) mod invalid_lock;
pub(crate) mod lock_conflict_markers;
pub(crate) mod lock_head_mismatch;
mod put_back;
pub(crate) mod sealed_revision_edited;
pub(crate) mod sealed_revision_removed;
pub(crate) mod stale_lock_entry;
pub(crate) mod unlisted_revision;

pub(crate) use check::{Locked, MENDED_BY_WRITING, check};
pub use compare::compare;
