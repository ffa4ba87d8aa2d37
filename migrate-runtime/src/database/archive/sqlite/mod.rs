//! SQLite copies itself, and a backup is a database.

mod file;
mod restore;

pub(crate) use file::Sqlite;
