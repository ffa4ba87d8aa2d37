//! The findings of `cargo migrate check` for machines: one form a file.
//!
//! The form for people and that for the compiler stand in `migrate-analysis`, because the macro needs them. These would
//! only make it slower to build.

mod advice;
mod concise;
#[cfg(test)]
mod findings;
mod github;
mod json;
mod position;
mod repository;
mod sarif;

pub(crate) use concise::concise;
pub(crate) use github::github;
pub(crate) use json::json;
pub(crate) use repository::Repository;
pub(crate) use sarif::sarif;
