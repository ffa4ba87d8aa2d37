//! From a statement's tree to operations.
//!
//! `door` parses a text and hands its tree to the file that knows the statement. Nothing is looked up here: names stay
//! as the statement writes them, folded as the server folds them. What cannot be told makes its whole statement
//! opaque, so that each function gives either all that a statement does or nothing.

mod alter_column;
mod alter_table;
mod calls;
mod canonical;
mod catalog;
mod clause;
mod code;
mod column;
mod comparison;
mod conflict;
mod constraint;
mod data_type;
mod domain;
mod door;
mod dynamic;
mod expression;
mod foreign_key;
mod form;
mod fragment;
mod function;
mod function_option;
mod gap;
mod index;
mod ineffective;
mod interval;
mod literal;
mod maintenance;
mod mention;
mod name;
mod namespace;
mod nesting;
mod object;
mod opaque;
mod operator;
mod operator_class;
mod parse;
mod partition;
mod policy;
mod query;
mod reading;
mod relation;
mod rows;
mod scope;
mod select;
mod sequence;
mod settings;
mod source;
mod statement;
mod subject;
mod table;
#[cfg(test)]
mod tests;
mod trigger;
mod user_type;
mod view;
mod words;
mod written;

pub(crate) use catalog::READER;
pub(crate) use door::lower;
