use migrate_core::schema::Expression;
use squawk_syntax::ast::{self, AstNode};

use super::{canonical::Canonical, scope::Collector, written::written};

/// A piece of SQL that computes a value.
pub(super) fn expression(expr: &ast::Expr) -> Expression {
    let sql = written(expr.syntax());
    let canonical = Canonical::default().whole(expr);
    let names = Collector::of_expression(expr);
    Expression { canonical: canonical.into(), sql: sql.into(), names, exact: true }
}
