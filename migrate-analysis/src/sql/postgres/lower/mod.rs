//! From a statement's tree to operations.
//!
//! `door` parses a text and hands its tree to the file that knows the statement. Nothing is looked up here: names stay
//! as the statement writes them, folded as the server folds them. What cannot be told makes its whole statement
//! opaque, so that each function gives either all that a statement does or nothing.

mod calls;
mod canonical;
#[expect(dead_code, reason = "the statements that need it follow")]
mod data_type;
mod door;
#[expect(dead_code, reason = "the statements that need it follow")]
mod expression;
mod form;
mod interval;
mod literal;
#[expect(dead_code, reason = "the statements that need it follow")]
mod name;
mod nesting;
mod object;
mod opaque;
mod operator;
#[expect(dead_code, reason = "the statements that need it follow")]
mod query;
mod statement;
#[cfg(test)]
mod tests;
mod written;

pub(crate) use door::lower;
