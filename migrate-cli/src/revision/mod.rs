//! `cargo migrate revision`: a new migration file.

mod command;
mod draft;
mod hooks;
mod id;
mod parents;

pub(crate) use command::run;
