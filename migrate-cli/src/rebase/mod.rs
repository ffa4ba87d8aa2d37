//! `cargo migrate rebase`: the drafts of one branch follow the other.

mod change;
mod command;
mod header;
mod lineup;
mod rebasing;
mod version;

pub(crate) use command::run;
