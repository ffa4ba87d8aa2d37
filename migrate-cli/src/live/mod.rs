//! The commands that work on a database: `upgrade`, `downgrade`, `stamp`, `current`, `status`,
//! `resolve`.

pub(crate) mod arguments;
mod current;
mod last;
mod plan;
mod progress;
mod resolve;
mod run;
mod signal;
mod site;
mod status;

pub(crate) use current::current;
pub(crate) use resolve::resolve;
pub(crate) use run::{downgrade, stamp, upgrade};
pub(crate) use status::status;
