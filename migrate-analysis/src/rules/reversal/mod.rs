//! The way back.

pub(crate) mod empty_down;
pub(crate) mod irreversible_without_reason;
pub(crate) mod missing_down;
