//! The lock file, `migrate.lock` in the migration directory: which revisions there are, and which of them have shipped.
//!
//! ```text
//! # written by `cargo migrate`. A merge conflict here means that ..
//! format 1
//! databases sqlite, postgres
//! head def456ghi789
//! def456ghi789 < abc123def456  depends-on fed987cba654  draft
//! abc123def456 <  v1:9f2c..
//! ```
//!
//! Lines are only ever put at the top, the newest first, so that two branches that each add a revision always collide in
//! git. What a line is, it says by its first words:
//!
//! | line | meaning |
//! |---|---|
//! | `format 1` | the format of the file; another one is not read at all |
//! | `databases <name>, ..` | the databases that a plain fingerprint speaks of; without the line, all that are configured |
//! | `head <id>, ..` | the revisions that no other one revises |
//! | `<id> < <parent>, .. depends-on <id>, .. <state>` | a revision; parents and dependencies may be missing |
//! | `# ..` | a comment |
//!
//! The state is the end of the line: `draft`, or the fingerprint that the revision was sealed with, `v1:` and 64 hex
//! digits. Where it is not the same for all databases there is one for each: `sqlite=v1:.. postgres=v1:..`. A database
//! that is not named there is one that the revision was not sealed for.
//!
//! Line ends may be CRLF, and blanks between words do not matter. A file that git left a conflict in is read as well:
//! both of its sides, but not what they came from. Of two lines about one revision a sealed one counts, else the first.

mod change;
mod conflict;
mod entry;
mod lock_file;
mod problem;
mod read;
mod refusal;
#[cfg(test)]
mod tests;
mod text;
mod words;
mod write;

pub use change::{LockChange, NewRevision};
pub use entry::{LockEntry, LockState};
pub use lock_file::Lock;
pub use problem::{LockProblem, LockProblemKind};
pub use refusal::LockRefusal;
