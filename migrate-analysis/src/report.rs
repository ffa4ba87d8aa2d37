use std::sync::Arc;

use migrate_core::{Dialect, Graph};

use crate::{
    diagnostic::{Diagnostic, Severity},
    replay::Replay,
    source::{Layout, Lock, Origin, SourceFile},
};

/// What [`check`](crate::check()) makes of a directory: always a value and findings.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One edition for each configured database, in that order. Where there are errors they hold what is sound.
    pub editions: Vec<Edition>,
    /// What was found: first what stands in no file, then by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found about the ways back of revisions that have shipped, and about the dangers of their ways forth: all of
    /// them warnings, which nobody can mend.
    pub shipped: Vec<Diagnostic>,
    /// The migration files, by name.
    pub files: Vec<Arc<SourceFile>>,
    /// Where the revisions come from: those without a header in the order of their versions, then the others.
    pub origins: Vec<Origin>,
    /// The layout of the files that have no header, where there are such.
    pub layout: Option<Layout>,
    /// What the lock file records, where there is one.
    pub lock: Option<Lock>,
    /// Whether the place of every file in the history is known. Where it is not, the graphs are a part of the history,
    /// and what seems to be a head may have children.
    pub complete: bool,
    /// The ids of heads that no declared branch tells apart: where it is not empty, the history has to be merged.
    pub rival_heads: Vec<Vec<String>>,
}

/// The history with the scripts of one database.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Which database's SQL the scripts are written in.
    pub dialect: Dialect,
    /// The revisions.
    pub graph: Graph,
    /// What its scripts do; `None` where there is no grammar for the database.
    pub replay: Option<Replay>,
}

impl Report {
    /// The errors among the findings.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// The warnings among the findings.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|finding| finding.severity == Severity::Warning)
    }

    /// Whether the directory is refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.errors().next().is_some()
    }
}
