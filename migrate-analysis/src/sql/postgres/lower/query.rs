use migrate_core::schema::{Names, Query};
use squawk_syntax::ast::{self, AstNode};

use super::written::written;

/// A query: the body of a view, the source of rows.
pub(super) fn query(select: &ast::SelectVariant) -> Query {
    let sql = written(select.syntax());
    let sql = sql.trim_end_matches(';').trim_end();
    Query { canonical: sql.into(), sql: sql.into(), names: Names::default(), outputs: None, exact: true }
}
