/// What becomes of a lock file when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockChange<'a> {
    /// It says what the directory says: new revisions are drafts in it, drafts that changed are mended, and those that
    /// are gone are taken out. What is sealed stays as it is.
    Refresh,
    /// The same, and a revision is added whose file is yet to be written.
    Add(&'a NewRevision),
    /// The same as [`Refresh`](LockChange::Refresh), and these revisions are sealed, with all that they rest on.
    SealUpTo(&'a [String]),
    /// The same as [`Refresh`](LockChange::Refresh), and all revisions are sealed.
    SealAll,
}

impl LockChange<'_> {
    pub(super) const fn seals(&self) -> bool {
        matches!(self, Self::SealUpTo(_) | Self::SealAll)
    }
}

/// A revision that has no file yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewRevision {
    /// Its id.
    pub id: String,
    /// The ids of what it revises.
    pub parents: Vec<String>,
    /// The ids of what it depends on.
    pub depends_on: Vec<String>,
}
