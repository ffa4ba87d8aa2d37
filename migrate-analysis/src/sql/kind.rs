use migrate_core::{Dialect, graph::StatementKind};

use super::{phrase::Phrase, syntax};

/// What the first words of a statement tell about how it may be run.
///
/// ```
/// use migrate_analysis::sql::statement_kind;
/// use migrate_core::{Dialect, graph::StatementKind};
///
/// assert_eq!(statement_kind("DROP TABLE a, b", Dialect::Postgres), StatementKind::Schema);
/// assert_eq!(statement_kind("DROP TABLE a, b", Dialect::Mysql), StatementKind::Other); // `a` may be gone, `b` not
/// ```
#[must_use]
pub fn statement_kind(statement: &str, dialect: Dialect) -> StatementKind {
    syntax::kind(&mut Phrase::new(statement, dialect), dialect)
}
