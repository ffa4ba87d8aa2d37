//! Vocabulary and pure algorithms of `migrate`: the revision graph, the target grammar, the planner.
//!
//! Nothing here touches a disk, a clock, an environment or a database, and nothing here needs a crate other than
//! `std`. The same [`Graph`] serves the `static` that `embed_migrations!` builds at compile time, a directory that
//! the command line loads at run time, and the tests.

mod dialect;
pub mod graph;
mod similar;
mod span;

pub use dialect::{Capabilities, Dialect, UnknownDialect};
pub use graph::Graph;
pub use similar::did_you_mean;
pub use span::Span;
