//! From the text of a script to its statements, and from a statement to what it does.
//!
//! [`split()`] cuts a script at the separators of its database, and says of each statement what its first words tell.
//! It knows comments, quotes and the bodies that hold separators of their own, and no more grammar than that. What
//! the databases have in common is in `cursor` (bytes) and `scan` (pieces); what differs is a `Syntax` each, in
//! the rooms `sqlite`, `postgres` and `mysql`.
//!
//! [`lower()`] reads one statement by the grammar of its database, in the rooms' `lower`: a door that parses, and one file
//! for each kind of statement. It is free of any context: what names stand for is known to the replay alone.
//!
//! [`recovery()`] reads the head of a statement to say how a runner finds out what became of it, in the rooms' `recovery`.
//!
//! Every input is cut from left to right, with a stack on the heap where a body nests: no input takes more than
//! linear time or overflows the stack.

mod blocks;
mod canonicalise;
mod cursor;
mod enclosure;
mod identifier;
mod kind;
mod locate;
mod lower;
mod lowered;
mod mysql;
mod phrase;
mod postgres;
mod recovery;
mod scan;
mod split;
mod sqlite;
mod syntax;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use blocks::{is_one_block, without_blocks};
pub use canonicalise::canonicalise;
pub(crate) use enclosure::Enclosure;
pub(crate) use identifier::{identifier, identifiers};
pub(crate) use kind::refuses_transaction;
pub use kind::statement_kind;
pub(crate) use locate::{beginning, compared_with, locate, locate_string, switches_foreign_keys};
pub use lower::{has_grammar, lower};
pub use lowered::{GrammarError, Lowered, OpaqueReason};
pub use recovery::recovery;
pub use split::{Split, SplitProblem, SplitProblemKind, split};
use syntax::Syntax;
