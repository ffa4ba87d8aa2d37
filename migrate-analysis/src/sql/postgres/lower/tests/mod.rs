//! Statements and the operations that they are lowered to.

mod doors;
mod expressions;
mod gaps;
