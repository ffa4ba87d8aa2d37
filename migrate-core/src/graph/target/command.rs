use std::fmt;

/// What a target is for. Some forms of a target suit some commands only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Apply revisions.
    Upgrade,
    /// Take revisions back.
    Downgrade,
    /// Set what counts as applied, and run nothing.
    Stamp,
    /// Show what the target names.
    Show,
    /// List a range of revisions.
    History,
}

impl Command {
    /// How many letters of an id are enough to name a revision. Where a mistake costs more, it takes more of them.
    pub(in crate::graph) const fn shortest_prefix(self) -> usize {
        match self {
            Self::Upgrade | Self::Show | Self::History => 1,
            Self::Downgrade | Self::Stamp => 4,
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
            Self::Stamp => "stamp",
            Self::Show => "show",
            Self::History => "history",
        })
    }
}
