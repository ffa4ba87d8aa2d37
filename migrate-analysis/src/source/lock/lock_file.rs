use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{Dialect, Span, graph::Fingerprint};

use super::{LockEntry, LockProblem, LockState, read};
use crate::source::{SourceFile, Spanned};

/// What a lock file records; `docs/lock-file.md` explains its format.
#[derive(Clone, Debug)]
pub struct Lock {
    /// The file.
    pub file: Arc<SourceFile>,
    /// `databases`: those that a plain fingerprint speaks of. `None` where the file does not say: all of them.
    pub databases: Option<Vec<Dialect>>,
    /// `head`: the revisions that no other one revises.
    pub heads: Vec<Spanned<String>>,
    /// The line of `head`, where there is one, without its line end.
    pub head_line: Option<Span>,
    /// The revisions in the order of the file, which is the newest first.
    pub entries: Vec<LockEntry>,
    /// The lines that git wrote around the sides of a merge conflict.
    pub conflict_markers: Vec<Span>,
    /// What could not be read.
    pub problems: Vec<LockProblem>,
    pub(super) places: BTreeMap<String, usize>,
}

impl Lock {
    /// Reads a lock file, whatever is in it.
    ///
    /// Where git left a merge conflict in it, both sides are read: equal lines are one, and of two lines about one
    /// revision a sealed one counts.
    ///
    /// ```
    /// use migrate_analysis::source::{Lock, SourceFile};
    ///
    /// let text = "format 1\nhead def456ghi789\ndef456ghi789 < abc123def456  draft\nabc123def456 <  draft\n";
    /// let lock = Lock::parse(&SourceFile::new("migrations", "migrate.lock", text));
    /// assert_eq!(lock.problems, []);
    /// assert_eq!(lock.entry("def456ghi789").unwrap().parents[0].value, "abc123def456");
    /// assert!(!lock.has_sealed());
    /// ```
    #[must_use]
    pub fn parse(file: &Arc<SourceFile>) -> Self {
        read::lock(file)
    }

    /// The line of a revision.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&LockEntry> {
        self.entries.get(*self.places.get(id)?)
    }

    /// Whether a revision is sealed.
    #[must_use]
    pub fn has_sealed(&self) -> bool {
        self.entries.iter().any(LockEntry::is_sealed)
    }

    /// The fingerprint that a revision was sealed with for a database; `None` where it is a draft, or was not sealed for
    /// that database.
    #[must_use]
    pub fn sealed(&self, id: &str, dialect: Dialect) -> Option<Fingerprint> {
        let LockState::Sealed(values) = &self.entry(id)?.state else { return None };
        let covered = self.databases.as_ref().is_none_or(|databases| databases.contains(&dialect));
        let holds = |wanted: Option<Dialect>| wanted.map_or(covered, |wanted| wanted == dialect);
        values.iter().find(|(wanted, _)| holds(*wanted)).map(|(_, value)| *value)
    }
}
