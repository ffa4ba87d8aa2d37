//! MySQL and MariaDB: schema changes commit by themselves, so every one of them is announced in the journal first.

mod access;
mod engine;
mod image;
mod online;
mod quotes;
mod room;

pub(crate) use room::Mysql;
