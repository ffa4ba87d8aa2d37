//! `cargo migrate adopt`: takes over a database that another tool has migrated.
//!
//! Each such tool keeps a table of what it has applied. [`find`] looks for one, a [`Tool`](tool::Tool) says what its rows
//! mean, [`takeover`] compares that with the directory, and [`command`] writes it down as this project does. The tool's
//! table is only ever read.

mod baseline;
mod command;
mod find;
mod ledger;
mod summary;
mod takeover;
pub(crate) mod tool;

pub(crate) use command::run;
