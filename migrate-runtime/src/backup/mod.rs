//! A backup before the first step of a run, and the way back from it.
//!
//! What is said here is the same for all databases: where the file goes, that it is whole before it bears its name, and
//! that nothing is left of one that is not. How a database writes and reads a backup is in its
//! [`Archive`](crate::database::Archive).

mod moment;
mod part;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod program;
mod restore;
mod setting;

pub(crate) use moment::moment;
pub(crate) use part::Part;
#[cfg(feature = "sqlite")]
pub(crate) use part::sync_folder_of;
pub use restore::Restored;
pub(crate) use restore::restore;
pub use setting::Backup;
