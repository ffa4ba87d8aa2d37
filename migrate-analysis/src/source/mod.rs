//! From a directory to its revisions: the files, their headers and sections, and which of them belong together.

pub(crate) mod disk;
mod file;
mod fingerprint;
mod header;
pub(crate) mod layout;
pub(crate) mod name;
mod revision;
mod section;
mod sources;
mod spanned;

pub use disk::CONFIGURATION_FILE;
pub use file::SourceFile;
pub use fingerprint::fingerprint;
pub use header::{Header, HeaderKey};
pub(crate) use revision::{Half, RevisionFile, RevisionFiles};
pub use section::{Allow, FileProblem, FileProblemKind, ParsedFile, Part, Section, parse};
pub use sources::Sources;
pub use spanned::Spanned;
