use migrate_core::schema::{Expression, Names};
use squawk_syntax::ast::{self, AstNode};

use super::{canonical::Canonical, written::written};

/// A piece of SQL that computes a value.
pub(super) fn expression(expr: &ast::Expr) -> Expression {
    let sql = written(expr.syntax());
    let canonical = Canonical::default().whole(expr);
    Expression { canonical: canonical.into(), sql: sql.into(), names: Names::default(), exact: true }
}
