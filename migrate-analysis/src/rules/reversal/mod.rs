//! The way back.

pub(crate) mod empty_down;
pub(crate) mod history_not_reversible;
pub(crate) mod irreversible_without_reason;
pub(crate) mod missing_down;

/// Advice that only a file with a native marker can take.
const DECLARE: &str = "or declare that there is no way back: `-- migrate:down irreversible: <reason>`";
