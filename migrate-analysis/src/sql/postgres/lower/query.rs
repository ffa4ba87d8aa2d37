use migrate_core::schema::Query;
use squawk_syntax::ast::{self, AstNode};

use super::{canonical::Canonical, scope::Collector, written::written};

/// A query: the body of a view, the source of rows.
pub(super) fn query(select: &ast::SelectVariant) -> Query {
    let sql = written(select.syntax());
    let sql = sql.trim_end_matches(';').trim_end();
    let canonical = Canonical::default().words(select.syntax());
    let mut collector = Collector::new();
    let (_, outputs) = collector.select(None, select);
    Query { canonical: canonical.into(), sql: sql.into(), names: collector.names, outputs, exact: true }
}
