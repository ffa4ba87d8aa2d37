//! The way back.

pub(crate) mod column_order_differs;
mod differences;
pub(crate) mod down_does_not_apply;
pub(crate) mod down_does_not_restore;
pub(crate) mod down_drops_older_object;
pub(crate) mod empty_down;
pub(crate) mod enum_value_stays;
pub(crate) mod extension_stays;
pub(crate) mod history_not_reversible;
pub(crate) mod irreversible_without_reason;
pub(crate) mod missing_down;
pub(crate) mod proof;
pub(crate) mod restored_under_another_name;

/// Advice that only a file with a native marker can take.
const DECLARE: &str = "or declare that there is no way back: `-- migrate:down irreversible: <reason>`";
