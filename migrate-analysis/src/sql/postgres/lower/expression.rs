use migrate_core::schema::{Expression, Names};
use squawk_syntax::ast::{self, AstNode};

use super::written::written;

/// A piece of SQL that computes a value.
pub(super) fn expression(expr: &ast::Expr) -> Expression {
    let sql = written(expr.syntax());
    Expression { canonical: sql.as_str().into(), sql: sql.into(), names: Names::default(), exact: true }
}
