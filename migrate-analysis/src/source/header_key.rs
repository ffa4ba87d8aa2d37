use migrate_core::{Span, did_you_mean};

use super::{created::created, line::trim};

/// A key of a [`Header`](super::Header).
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

    /// Whether the key places the revision in the graph. Who writes one means the file to be a native one; the others
    /// stand in comments of any kind.
    pub(super) const fn is_of_graph(self) -> bool {
        matches!(self, Self::Revision | Self::Revises | Self::DependsOn)
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The key that a name other than a key is a slip of, going by its letters alone.
    fn nearest(name: &str) -> Option<Self> {
        let folded = name.to_ascii_lowercase().replace(['_', ' '], "-");
        // `Created:` stands in comments of any kind, and always before a date.
        let is_same_but_for_form = |key: &Self| key.name() == folded && *key != Self::Created;
        if let Some(key) = Self::ALL.into_iter().find(is_same_but_for_form) {
            return Some(key);
        }
        // `Revised:` is a title for people too.
        let is_key_like = name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'));
        did_you_mean(&folded, Self::ALL.map(Self::name)).filter(|_| is_key_like).and_then(Self::of)
    }

    /// Whether a value is of the kind that this key has.
    fn suits(self, value: &str) -> bool {
        let is_name = |name: &str| {
            let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            !name.is_empty() && name.bytes().all(in_name)
        };
        match self {
            Self::Revision => is_name(value),
            Self::Revises | Self::DependsOn | Self::Labels => {
                value.split(',').map(str::trim_ascii).all(is_name)
            }
            Self::Created => created(value).is_some(),
        }
    }
}

/// What a line of a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A key with its value.
    Key(HeaderKey, Span),
    /// Words of which the first, at the second span, looks like a slip of this key: it is near to it, and its value
    /// is of the kind that the key has.
    Misspelt(HeaderKey, Span, Span),
    /// Words for people.
    Text(Span),
}

impl Entry {
    /// Reads a comment, of which the span leaves out the dashes.
    pub(super) fn read(text: &str, comment: Span) -> Self {
        let Some((name, value)) = comment.of(text).split_once(':') else {
            return Self::Text(comment);
        };
        let name = name.trim_ascii_end();
        let value = trim(text, Span::new(comment.end - value.len() as u32, comment.end));
        if let Some(key) = HeaderKey::of(name) {
            return Self::Key(key, value);
        }
        let meant = HeaderKey::nearest(name).filter(|key| key.suits(value.of(text)));
        let span = Span::new(comment.start, comment.start + name.len() as u32);
        meant.map_or(Self::Text(comment), |key| Self::Misspelt(key, comment, span))
    }
}
