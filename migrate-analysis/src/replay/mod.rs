//! The replay: what the scripts of a history do to a simulated database.
//!
//! A [`Statement`] is lowered once, a [`Script`] is a list of them, and [`run`] carries a script out on a
//! [`Schema`](migrate_core::Schema). What the database would refuse becomes an [`Event`], and what the refused statement
//! names is unknown from there on: one mistake makes one finding. [`Replay`] holds the scripts of one database for
//! a whole graph, and tells the schema at any set of its revisions.

mod beginning;
mod catalog;
mod counts;
mod effect;
mod foundation;
mod history;
mod origins;
mod replayed;
mod run;
mod script;
mod site;
mod statement;

pub use beginning::beginning;
pub use catalog::of_catalog;
pub use counts::{Counts, Unread};
pub use effect::Effect;
pub use history::{Replay, RevisionScripts};
pub use origins::{Origins, Place};
pub use replayed::Replayed;
pub use run::{Event, EventKind, Run, run};
pub use script::Script;
pub(crate) use site::Site;
pub use statement::{Refused, Statement};
