use migrate_core::graph::StatementKind;

use super::super::phrase::Phrase;

/// Every statement of SQLite does all of its work or none.
pub(in crate::sql) fn kind(phrase: &mut Phrase<'_>) -> StatementKind {
    if phrase.is_any(&["SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE", "EXPLAIN"]) {
        return StatementKind::Data;
    }
    if phrase.is_any(&["CREATE", "ALTER", "DROP", "ANALYZE", "REINDEX"]) {
        return StatementKind::Schema;
    }
    if phrase.is_any(&["PRAGMA", "ATTACH", "DETACH"]) {
        return StatementKind::Session;
    }
    if phrase.is_any(&["BEGIN", "COMMIT", "END"]) {
        return StatementKind::TransactionControl;
    }
    if phrase.take("ROLLBACK") {
        phrase.take("TRANSACTION");
        return if phrase.is("TO") { StatementKind::Other } else { StatementKind::TransactionControl };
    }
    StatementKind::Other
}
