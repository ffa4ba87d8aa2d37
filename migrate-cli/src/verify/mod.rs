//! `cargo migrate verify`: a live database beside what its migrations make.

mod command;
mod difference;
mod revisions;

pub(crate) use command::run;
