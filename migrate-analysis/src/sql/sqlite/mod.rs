//! SQLite: comments that do not nest and may stay open, four kinds of quotes, and triggers.
//!
//! The sources of the rules are SQLite's own `tokenize.c` and `complete.c`.

mod kind;
mod lexis;
#[cfg(feature = "sqlite")]
mod lower;
mod recovery;
mod trigger;

pub(super) use kind::kind;
pub(super) use lexis::Sqlite;
#[cfg(feature = "sqlite")]
pub(super) use lower::lower;
pub(super) use recovery::recovery;
