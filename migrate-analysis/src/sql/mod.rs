//! From the text of a script to its statements.

mod split;

pub use split::{Split, SplitProblem, SplitProblemKind, split};
