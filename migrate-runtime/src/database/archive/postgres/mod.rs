//! PostgreSQL is written by `pg_dump`, in its own format.

mod file;
mod restore;

pub(crate) use file::Postgres;
