//! Vocabulary and pure algorithms of `migrate`: the revision graph, the target grammar, the planner; the simulated
//! database and the operations on it.
//!
//! Nothing here touches a disk, a clock, an environment or a database, and nothing here needs a crate other than
//! `std`. The same [`Graph`] serves the `static` that `embed_migrations!` builds at compile time, a directory that
//! the command line loads at run time, and the tests.

pub mod compare;
mod dialect;
pub mod diff;
pub mod emit;
pub mod graph;
mod name;
pub mod operation;
pub mod schema;
mod shared_map;
mod similar;
mod span;

pub use dialect::{Capabilities, Dialect, Habits, Online, UnknownDialect};
pub use graph::Graph;
pub use name::{Name, ObjectName, QualifiedName};
pub use schema::Schema;
pub use shared_map::{Iter, SharedMap};
pub use similar::did_you_mean;
pub use span::Span;
