//! What a user asks for: the grammar of targets, and which revisions a target names.
//!
//! [`Target`] and [`Range`] are syntax alone. What they name depends on the graph, since `rel-2024` may be an id or two
//! thousand steps below `rel`, and, for `+2` and `-1`, on what is applied; so names are looked up by [`place`].

mod command;
mod error;
mod message;
mod name;
mod place;
mod range;
mod sides;
mod steps;
mod syntax;

pub use command::Command;
pub use error::{Form, TargetError};
pub(super) use place::{At, Place, Resolver};
pub use range::Range;
pub use syntax::Target;
pub(super) use syntax::{Part, Point, Steps};
