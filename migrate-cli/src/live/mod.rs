//! The commands that work on a database: `upgrade`, `downgrade`, `stamp`, `current`, `status`, `resolve`, `doctor`,
//! `restore`.

pub(crate) mod arguments;
mod current;
mod doctor;
mod last;
mod plan;
mod progress;
mod resolve;
mod restore;
mod run;
mod signal;
mod site;
mod status;

pub(crate) use current::current;
pub(crate) use doctor::doctor;
pub(crate) use resolve::resolve;
pub(crate) use restore::restore;
pub(crate) use run::{downgrade, stamp, upgrade};
pub(crate) use status::status;
