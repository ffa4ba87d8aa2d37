//! From a statement's tree to operations.
//!
//! The parser is SQLite's own grammar. Its tree has no spans, and keeps names and strings with their quotes. What is read
//! of a piece of SQL is read in one walk ([`reading`]): its canonical text and the names that it uses.

mod alter;
mod column;
mod constraint;
mod door;
mod expression;
mod foreign_key;
mod function;
mod index;
mod name;
mod nesting;
mod operator;
mod pragma;
mod problem;
mod query;
mod reading;
mod rows;
mod source;
mod statement;
mod stop;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod trigger;
mod verbatim;
mod view;
mod window;

pub(crate) use door::lower;
