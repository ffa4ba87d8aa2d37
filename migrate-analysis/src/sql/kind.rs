use migrate_core::{Dialect, Span, graph::StatementKind};

use super::{
    cursor::offset,
    phrase::Phrase,
    scan::{PieceKind, Scan},
    syntax,
};

/// What the first words of a statement tell about how it may be run. Several statements in one text, as between two
/// delimiters of MySQL, are [`StatementKind::Other`].
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
    if is_several(statement, dialect) {
        return StatementKind::Other;
    }
    syntax::kind(&mut Phrase::new(statement, dialect), dialect)
}

/// Whether a statement is known to be one that its database runs in no transaction.
pub(crate) fn refuses_transaction(statement: &str, dialect: Dialect) -> bool {
    syntax::refuses_transaction(&mut Phrase::new(statement, dialect), dialect)
}

/// Whether a text holds several statements.
pub(super) fn is_several(statement: &str, dialect: Dialect) -> bool {
    let section = Span::new(0, offset(statement.len()));
    let is_separator = |kind| matches!(kind, PieceKind::Separator(_));
    statement.contains(';')
        && Scan::new(statement, section, dialect)
            .skip_while(|piece| !is_separator(piece.kind))
            .any(|piece| matches!(piece.kind, PieceKind::Token(_)))
}
