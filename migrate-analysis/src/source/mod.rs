//! From a directory to its revisions: the files, their headers and sections, and which of them belong together.

mod allow;
mod created;
pub(crate) mod disk;
mod effect;
mod file;
mod file_problem;
mod fingerprint;
mod git;
mod header;
mod header_key;
pub(crate) mod layout;
mod line;
mod lock;
mod marker;
pub(crate) mod name;
mod origin;
mod revision;
mod section;
mod sources;
mod spanned;
#[cfg(test)]
mod tests;

pub use allow::Allow;
pub use disk::{CONFIGURATION_FILE, LOCK_FILE};
pub(crate) use effect::effect_lines;
pub use file::SourceFile;
pub use file_problem::{FileProblem, FileProblemKind};
pub use fingerprint::fingerprint;
pub(crate) use fingerprint::significant_lines;
pub use git::GitError;
pub use header::Header;
pub use header_key::HeaderKey;
pub use layout::Layout;
pub use lock::{
    Lock, LockChange, LockEntry, LockProblem, LockProblemKind, LockRefusal, LockState, NewRevision,
};
pub use origin::Origin;
pub(crate) use revision::{Half, RevisionFile, RevisionFiles};
pub use section::{ParsedFile, Part, Section, parse};
pub use sources::Sources;
pub use spanned::Spanned;
