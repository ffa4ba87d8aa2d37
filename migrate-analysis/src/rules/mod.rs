//! The rules: a folder a family, a file a check, a Markdown page a name.
//!
//! A page says *what* a rule finds and *why*, with a bad example that raises exactly that rule and a good one that
//! raises none; `tests/pages.rs` runs both. A rule is known once it stands in the registry.

pub(crate) mod allows;
pub(crate) mod configuration;
pub(crate) mod file;
pub(crate) mod graph;
pub(crate) mod levels;
pub(crate) mod lock;
pub(crate) mod proofs;
mod registry;
pub(crate) mod reversal;
mod rule;
pub(crate) mod safety;
pub(crate) mod schema;

pub use registry::{LATEST_SET, RULES, find};
pub use rule::{Family, Level, Rule};
