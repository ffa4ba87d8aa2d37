//! Operations and schemas as SQL text: one file a noun.

mod column;
pub(crate) mod constraint;
mod data_type;
mod dialect;
mod function;
mod index;
mod policy;
mod reserved;
mod sequence;
mod spelling;
mod statement;
mod table;
mod trigger;
mod user_type;
mod view;

pub(crate) use spelling::Spelling;

use crate::{Schema, operation::Operation};

/// The statements that do what an operation does, as the database of `before` writes them, without separators.
///
/// There is none for what changes no schema, and for a function whose body is none that a string could hold.
#[must_use]
pub fn emit(operation: &Operation, before: &Schema) -> Vec<String> {
    Spelling::of(before.dialect).statements(operation)
}
