use migrate_core::{Dialect, Span, graph::Fingerprint};

use crate::source::Spanned;

/// A line of a lock file: what it records of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockEntry {
    /// The revision.
    pub id: Spanned<String>,
    /// What it revises.
    pub parents: Vec<Spanned<String>>,
    /// What it depends on.
    pub depends_on: Vec<Spanned<String>>,
    /// Whether it may still change.
    pub state: LockState,
    /// The line, without its line end.
    pub span: Span,
}

impl LockEntry {
    /// Whether the revision may no longer change.
    #[must_use]
    pub const fn is_sealed(&self) -> bool {
        matches!(self.state, LockState::Sealed(_))
    }
}

/// Whether a revision may still change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockState {
    /// It may.
    Draft,
    /// It may not. Either one fingerprint holds for all databases of the lock file (`None`), or there is one for each of
    /// the databases that the revision was sealed for.
    Sealed(Vec<(Option<Dialect>, Fingerprint)>),
}
