//! MySQL and MariaDB: schema changes commit by themselves, so every one of them is announced in the journal first.

mod access;
mod image;
mod online;
mod room;

pub(crate) use room::Mysql;
