use migrate_core::Span;

/// Something in a lock file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockProblem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: LockProblemKind,
}

/// The kinds of [`LockProblem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockProblemKind {
    /// There is no `format` line. The span is empty.
    MissingFormat,
    /// The format is not one that this release reads; nothing else of the file was read. The span is the value.
    UnknownFormat,
    /// A key or a revision for the second time. The span is the line.
    Repeated {
        /// The line that has it first.
        first: Span,
    },
    /// The line is neither a key nor a revision, or its names are not separated by commas. The span is the line.
    Unreadable,
    /// The line of a revision ends neither in `draft` nor in a fingerprint. The span is its last word.
    MissingState,
    /// A word that is no fingerprint of version 1. The span is the word.
    InvalidFingerprint,
    /// A name that is none of a database. The span is the name.
    UnknownDatabase {
        /// The database that is meant, where one is near enough.
        meant: Option<&'static str>,
    },
}
