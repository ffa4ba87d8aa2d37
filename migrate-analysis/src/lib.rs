//! Everything that can be known about a migration directory without a database.
//!
//! [`Sources`](source::Sources) reads a directory, [`Config`](config::Config) reads `migrate.toml`, and [`check()`]
//! turns the two into a [`Report`]: a revision graph for each configured database, and findings. The macro, the
//! command line and the tests all come through that one door.
//!
//! Nothing here reads a clock, an environment variable or, but for one file, a disk. A user's input never makes
//! [`check()`] fail or panic: what is wrong with it becomes a [`Diagnostic`](diagnostic::Diagnostic).

#![warn(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod check;
pub mod config;
pub mod diagnostic;
mod recovery;
pub mod replay;
mod report;
pub mod rules;
mod scripts;
pub mod source;
pub mod sql;

pub use check::check;
pub use report::{Edition, Report};
pub use rules::lock::compare;
