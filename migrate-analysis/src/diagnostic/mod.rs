//! What analysis says about a directory: one type of finding, and the renderers, each in a file of its own.

pub mod compile_error;
mod finding;
mod fix;
mod label;
mod quote;
mod severity;
mod snippet;
pub mod text;

pub use finding::Diagnostic;
pub use fix::Fix;
pub use label::Label;
pub(crate) use quote::quote;
pub use severity::Severity;
