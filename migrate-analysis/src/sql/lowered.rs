use migrate_core::{Span, operation::Operation};

/// What a statement means: the operations that it consists of, or why it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lowered {
    /// What it does, in the order in which the database does it. One [`Operation::Opaque`] where it could not be read.
    pub operations: Vec<Operation>,
    /// Why it could not be read, or not wholly.
    pub opaque: Option<OpaqueReason>,
    /// What is wrong with its grammar, where the parser is exact; the spans count from the start of the statement.
    pub errors: Vec<GrammarError>,
}

/// Why a statement could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpaqueReason {
    /// This build has no grammar for the database.
    NoGrammar,
    /// The grammar does not know it.
    NotParsed,
    /// It runs code: `DO`, `CALL`, a function that is called for what it does.
    Code,
    /// It was parsed, and has no operation that would stand for it.
    NoOperation,
}

impl OpaqueReason {
    /// The words for it in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoGrammar => "no-grammar",
            Self::NotParsed => "not-parsed",
            Self::Code => "code",
            Self::NoOperation => "no-operation",
        }
    }
}

/// What the grammar of a database does not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrammarError {
    /// Where, within the statement.
    pub span: Span,
    /// What is wrong: lower case, no full stop.
    pub message: String,
}

impl Lowered {
    /// Of a statement that was read.
    #[must_use]
    pub fn understood(operations: Vec<Operation>) -> Self {
        Self { operations, opaque: None, errors: Vec::new() }
    }
}
