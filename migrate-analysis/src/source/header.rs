use migrate_core::Span;

use super::Spanned;

/// What the comment at the head of a native migration file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The lines of the header.
    pub span: Span,
    /// What the revision does: the first words of the comment; may be empty.
    pub message: Spanned<String>,
    /// `revision:`, the id. Empty where nothing follows the key.
    pub revision: Option<Spanned<String>>,
    /// `revises:`, the parents.
    pub revises: Vec<Spanned<String>>,
    /// `depends-on:`, the dependencies.
    pub depends_on: Vec<Spanned<String>>,
    /// `labels:`, the branch labels.
    pub labels: Vec<Spanned<String>>,
    /// `created:`, as `YYYY-MM-DD HH:MM:SS` in UTC.
    pub created: Option<Spanned<String>>,
    /// The line of each key that is there, in the order of the file.
    pub lines: Vec<(HeaderKey, Span)>,
}

/// A key of a [`Header`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeaderKey {
    /// `revision:`
    Revision,
    /// `revises:`
    Revises,
    /// `depends-on:`
    DependsOn,
    /// `labels:`
    Labels,
    /// `created:`
    Created,
}

impl HeaderKey {
    /// Every key.
    pub const ALL: [Self; 5] = [Self::Revision, Self::Revises, Self::DependsOn, Self::Labels, Self::Created];

    /// The key as it is written, without the colon.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::Revises => "revises",
            Self::DependsOn => "depends-on",
            Self::Labels => "labels",
            Self::Created => "created",
        }
    }
}

impl Header {
    /// The line of a key, without its line end, where the header has the key.
    #[must_use]
    pub fn line(&self, key: HeaderKey) -> Option<Span> {
        self.lines.iter().find(|(found, _)| *found == key).map(|&(_, span)| span)
    }
}
