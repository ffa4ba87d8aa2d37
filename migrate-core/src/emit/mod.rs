//! Operations and schemas as SQL text.

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
mod table;
mod trigger;

pub(crate) use spelling::Spelling;
