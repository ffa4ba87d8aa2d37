/// What the table of a tool says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ledger {
    /// Every version that is applied.
    All(Vec<Entry>),
    /// The last ones; what they rest on is applied too.
    Heads(Vec<Entry>),
}

impl Ledger {
    /// What it lists, sorted.
    pub(crate) fn entries(&self) -> &[Entry] {
        let (Self::All(entries) | Self::Heads(entries)) = self;
        entries
    }
}

/// A version that a tool has applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// As the tool writes it.
    pub(crate) version: String,
    /// What the tool calls it beside its version, where it keeps that.
    pub(crate) name: Option<String>,
    /// The checksum of its file, as the tool writes it, where it keeps one.
    pub(crate) checksum: Option<String>,
}

impl Entry {
    /// A version alone.
    pub(crate) fn new(version: impl Into<String>) -> Self {
        Self { version: version.into(), name: None, checksum: None }
    }
}
