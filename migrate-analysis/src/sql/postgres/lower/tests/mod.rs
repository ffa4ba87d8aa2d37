//! Statements and the operations that they are lowered to.

mod catalog;
mod doors;
mod expressions;
mod gaps;
