use migrate_core::Span;

use super::HeaderKey;

/// Something wrong with the form of a migration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: FileProblemKind,
}

impl FileProblem {
    pub(super) const fn new(span: Span, kind: FileProblemKind) -> Self {
        Self { span, kind }
    }
}

/// The kinds of [`FileProblem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblemKind {
    /// A key that is none, but is near to one. The span is the key.
    MisspeltKey {
        /// The key that is meant.
        meant: HeaderKey,
    },
    /// A key for the second time. The span is its line.
    DuplicateKey {
        /// The key.
        key: HeaderKey,
        /// The line that has it first.
        first: Span,
    },
    /// The value of `created` is no date and time.
    InvalidDate,
    /// A marker that is none, but is near to one. The span is the line up to the options.
    MisspeltMarker {
        /// What is meant: `-- migrate:up` or `-- migrate:down`, where one is near enough.
        meant: Option<&'static str>,
    },
    /// A word on a marker's line that is no option of it.
    UnknownOption {
        /// The option that is meant, where one is near enough.
        meant: Option<&'static str>,
    },
    /// An option for the second time.
    DuplicateOption,
    /// A section for the second time. The span is its marker.
    DuplicateSection {
        /// The marker that has it first.
        first: Span,
    },
    /// The up section in the file of the down half, or the other way round. The span is its marker.
    MisplacedSection,
    /// SQL that stands in no section: it would never run. The span is its first line.
    SqlOutsideSection,
    /// SQL in a section that is declared irreversible: it would never run. The span is its first line.
    SqlUnderIrreversible,
    /// The file has no mark of its layout where it has to have one. The span is empty.
    MissingMark {
        /// The mark.
        mark: &'static str,
    },
    /// An annotation that goose does not know. The span is its line.
    UnknownAnnotation {
        /// The annotation that is meant, where one is near enough.
        meant: Option<&'static str>,
    },
    /// `-- +goose StatementBegin` without its end. The span is its line.
    UnclosedBlock,
    /// `-- +goose StatementEnd` without its begin. The span is its line.
    BlockWithoutBegin,
    /// `-- +goose ENVSUB ON`: what stands below depends on the environment of whoever runs it. The span is its line.
    Substitution,
    /// `irreversible:` without a reason. The span is the option.
    IrreversibleWithoutReason,
}
