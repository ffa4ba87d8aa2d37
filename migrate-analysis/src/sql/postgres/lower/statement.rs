use migrate_core::operation::Operation;
use squawk_syntax::ast::Stmt;

use super::object::lower_object;
use crate::sql::lowered::OpaqueReason;

/// What a statement does, or why that cannot be told.
pub(super) fn lower_statement(statement: &Stmt) -> Result<Vec<Operation>, OpaqueReason> {
    lower_object(statement).ok_or_else(|| reason(statement))
}

fn reason(statement: &Stmt) -> OpaqueReason {
    match statement {
        Stmt::Do(_) | Stmt::Call(_) | Stmt::Execute(_) => OpaqueReason::Code,
        _ => OpaqueReason::NoOperation,
    }
}
