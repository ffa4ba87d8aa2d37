use migrate_core::operation::Operation;
use squawk_syntax::ast::{AstNode, SelectVariant, Stmt};

use super::{reading::read, rows};

/// What a statement does that is not about tables; `None` where that cannot be told.
pub(super) fn lower_object(statement: &Stmt) -> Option<Vec<Operation>> {
    if let Some(select) = SelectVariant::cast(statement.syntax().clone()) {
        return read(&select);
    }
    match statement {
        Stmt::Show(_) => Some(Vec::new()),
        Stmt::Insert(_) | Stmt::Update(_) | Stmt::Delete(_) | Stmt::Merge(_) => {
            rows::row_change(statement.syntax())
        }
        Stmt::Truncate(truncate) => rows::truncate(truncate),
        Stmt::Copy(copy) => rows::copy(copy),
        _ => None,
    }
}
