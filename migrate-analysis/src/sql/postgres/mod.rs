//! PostgreSQL: comments that nest, dollar quotes, `BEGIN ATOMIC` bodies, rules, and what belongs to `psql`.
//!
//! The sources of the rules are PostgreSQL's own `scan.l`, and `psqlscan.l` for what spans several statements.
//! Strings are read as with `standard_conforming_strings = on`, the only setting of new servers.

mod body;
mod kind;
mod lexis;
#[cfg(feature = "postgres")]
mod lower;
mod recovery;

pub(super) use kind::{kind, refuses_transaction};
pub(super) use lexis::Postgres;
#[cfg(feature = "postgres")]
pub(super) use lower::{READER, lower};
pub(super) use recovery::recovery;
