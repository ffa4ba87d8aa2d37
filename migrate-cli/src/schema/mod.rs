//! `cargo migrate schema`: what the database looks like after the scripts, as the replay has it.

mod command;
mod document;
mod table;

pub(crate) use command::run;
