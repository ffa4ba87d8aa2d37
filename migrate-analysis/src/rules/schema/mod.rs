//! What the statements do.

pub(crate) mod syntax_error;
pub(crate) mod transaction_control;
pub(crate) mod unsupported_statement;
