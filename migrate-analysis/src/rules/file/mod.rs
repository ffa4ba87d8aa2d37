//! The files of the directory, one by one.

pub(crate) mod allow_without_reason;
pub(crate) mod duplicate_section;
pub(crate) mod empty_directory;
pub(crate) mod empty_up;
pub(crate) mod file_too_large;
pub(crate) mod form;
pub(crate) mod invalid_header;
pub(crate) mod invalid_section;
pub(crate) mod invalid_version_date;
pub(crate) mod missing_directory;
pub(crate) mod missing_revision_id;
pub(crate) mod missing_variant;
pub(crate) mod mixed_layouts;
pub(crate) mod non_utf8_file;
pub(crate) mod orphan_down;
pub(crate) mod path_outside_package;
pub(crate) mod unknown_rule;
pub(crate) mod unreadable_file;
pub(crate) mod unrecognised_file;
pub(crate) mod unused_allow;
