//! What is wrong with a database that migrations run on, and what to do about each: one check a file.
//!
//! Nothing is changed. A check asks a [`Question`](crate::database::Question), which each room has SQL for, or none; what
//! the user may not see is said.

mod books;
mod diagnosis;
mod examination;
mod file;
mod indexes;
mod rights;
mod sessions;
mod step;
mod tables;

pub use diagnosis::{Diagnosis, Symptom};
pub(crate) use examination::examine;
