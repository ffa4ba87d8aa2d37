use migrate_core::operation::Operation;
use squawk_syntax::ast::Stmt;

/// What a statement does that is not about tables; `None` where that cannot be told.
pub(super) fn lower_object(statement: &Stmt) -> Option<Vec<Operation>> {
    match statement {
        Stmt::Show(_) => Some(Vec::new()),
        _ => None,
    }
}
