//! PostgreSQL: a step with its claim and its bookkeeping is one text, which the server makes one transaction.

mod access;
mod catalog;
mod image;
mod room;
mod settings;

pub(crate) use room::Postgres;
