//! `migrate.toml`, and what the caller asks for.

pub(crate) mod database_not_named;
pub(crate) mod feature_missing;
pub(crate) mod invalid_configuration;
