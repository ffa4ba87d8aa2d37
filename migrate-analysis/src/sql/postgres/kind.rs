use migrate_core::graph::StatementKind;

use super::super::phrase::Phrase;

/// Every statement of PostgreSQL that may stand in a transaction does all of its work or none. Those that may not
/// can leave something behind: an invalid index, an empty directory.
pub(in crate::sql) fn kind(phrase: &mut Phrase<'_>) -> StatementKind {
    phrase.take_parentheses();
    if phrase.is_any(&["SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TABLE"]) {
        return StatementKind::Data;
    }
    if phrase.is_any(&["SET", "RESET", "DISCARD"]) {
        return StatementKind::Session;
    }
    if changes_schema(phrase) {
        return StatementKind::Schema;
    }
    if controls_transaction(phrase) {
        return StatementKind::TransactionControl;
    }
    StatementKind::Other
}

fn changes_schema(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("CREATE") {
        phrase.take("UNIQUE");
        let concurrent = phrase.take("INDEX") && phrase.is("CONCURRENTLY");
        return !concurrent && !phrase.is_any(OUTSIDE_OF_TRANSACTIONS);
    }
    if phrase.take("DROP") {
        let concurrent = phrase.take("INDEX") && phrase.is("CONCURRENTLY");
        return !concurrent && !phrase.is_any(OUTSIDE_OF_TRANSACTIONS) && !phrase.is("OWNED");
    }
    if phrase.take("ALTER") {
        if phrase.take("TABLE") {
            // `DETACH PARTITION .. CONCURRENTLY`
            return !phrase.has("CONCURRENTLY");
        }
        return !phrase.is_any(OUTSIDE_OF_TRANSACTIONS) && !phrase.is("SYSTEM");
    }
    false
}

/// What is made, changed and dropped by several transactions or beyond them.
const OUTSIDE_OF_TRANSACTIONS: &[&str] = &["DATABASE", "TABLESPACE", "SUBSCRIPTION"];

fn controls_transaction(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("ROLLBACK") {
        phrase.take_any(&["WORK", "TRANSACTION"]);
        return !phrase.is("TO");
    }
    phrase.is_any(&["BEGIN", "COMMIT", "END", "ABORT"])
        || phrase.take("START")
        || phrase.take_all(&["PREPARE", "TRANSACTION"])
}

/// `CREATE INDEX CONCURRENTLY`, `VACUUM` and the like.
pub(in crate::sql) fn refuses_transaction(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("REINDEX") {
        return phrase.has_any(&["CONCURRENTLY", "DATABASE", "SYSTEM"]);
    }
    if phrase.take_any(&["CREATE", "DROP"]) {
        phrase.take("UNIQUE");
        let is_concurrent = phrase.take("INDEX") && phrase.is("CONCURRENTLY");
        return is_concurrent || phrase.is_any(&["DATABASE", "TABLESPACE"]);
    }
    if phrase.take("ALTER") {
        let detaches = phrase.take("TABLE") && phrase.has("DETACH") && phrase.has("CONCURRENTLY");
        return detaches || phrase.is("SYSTEM");
    }
    phrase.is("VACUUM")
}
