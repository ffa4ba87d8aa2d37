//! `cargo migrate init`: what a package needs for migrations.

mod build_script;
mod command;
mod configuration;
mod site;

pub(crate) use command::run;
