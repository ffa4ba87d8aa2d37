//! Differences between two schemas.

mod difference;

pub use difference::{Change, Difference};
