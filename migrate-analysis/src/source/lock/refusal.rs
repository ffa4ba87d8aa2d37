use std::{error, fmt};

/// Why a lock file is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockRefusal {
    /// The place of some file in the history is not known, so that its line would be lost.
    Incomplete,
    /// The lock file that is there has lines that cannot be read, and would be lost.
    Unreadable,
    /// Something is to be sealed, but the directory has this many errors.
    Errors(usize),
    /// A revision is to be sealed that is not there.
    UnknownRevision(String),
}

impl fmt::Display for LockRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => {
                f.write_str("the history is not known as a whole: `cargo migrate check` lists what is wrong")
            }
            Self::Unreadable => f.write_str("`migrate.lock` has lines that cannot be read"),
            Self::Errors(1) => f.write_str("nothing is sealed while there is an error"),
            Self::Errors(count) => write!(f, "nothing is sealed while there are {count} errors"),
            Self::UnknownRevision(id) => write!(f, "there is no revision `{id}`"),
        }
    }
}

impl error::Error for LockRefusal {}
