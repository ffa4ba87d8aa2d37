use migrate_core::graph::StatementKind;

use super::super::phrase::Phrase;

/// What reads or changes rows.
const DATA: &[&str] = &[
    "SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TABLE", "TRUNCATE", "COPY",
    "EXECUTE", "EXPLAIN", "LOCK", "NOTIFY", "REFRESH", "SHOW",
];

/// What is of the session.
const SESSION: &[&str] = &["SET", "RESET", "DISCARD", "DEALLOCATE", "LISTEN", "UNLISTEN", "LOAD"];

/// Every statement of PostgreSQL that may stand in a transaction does all of its work or none. Those that may not
/// can leave something behind: an invalid index, an empty directory. Those that had better not keep locks to its end.
pub(in crate::sql) fn kind(phrase: &mut Phrase<'_>) -> StatementKind {
    phrase.take_parentheses();
    if phrase.is_any(DATA) {
        return StatementKind::Data;
    }
    if phrase.take("PREPARE") {
        let is_transaction = phrase.is("TRANSACTION");
        return if is_transaction { StatementKind::TransactionControl } else { StatementKind::Session };
    }
    if phrase.is_any(SESSION) {
        return StatementKind::Session;
    }
    if phrase.take("DO") {
        return if may_end_transaction(phrase) { StatementKind::Other } else { StatementKind::Data };
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
        return !concurrent && !phrase.is_any(OUTSIDE_OF_TRANSACTIONS);
    }
    if phrase.take("ALTER") {
        if phrase.take("TABLE") {
            // `DETACH PARTITION .. CONCURRENTLY`
            return !phrase.has("CONCURRENTLY");
        }
        if phrase.take("DATABASE") {
            // `SET TABLESPACE` moves its files.
            return !phrase.has("TABLESPACE");
        }
        return !phrase.is_any(OUTSIDE_OF_TRANSACTIONS) && !phrase.is("SYSTEM");
    }
    phrase.is_any(&["COMMENT", "GRANT", "IMPORT", "REASSIGN", "REVOKE", "SECURITY"])
}

/// Whether a block may commit or roll back, which it can outside of a transaction only: by itself, in whichever language,
/// or in a procedure that it calls. Its text is looked through as it is, strings and comments among it.
fn may_end_transaction(phrase: &mut Phrase<'_>) -> bool {
    let has_end = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["commit", "rollback", "call"].iter().any(|end| text.contains(end))
    };
    std::iter::from_fn(|| phrase.step()).any(|token| has_end(token.text))
}

/// What is made, changed and dropped by several transactions or beyond them.
const OUTSIDE_OF_TRANSACTIONS: &[&str] = &["DATABASE", "TABLESPACE", "SUBSCRIPTION"];

fn controls_transaction(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("ROLLBACK") {
        phrase.take_any(&["WORK", "TRANSACTION"]);
        return !phrase.is("TO");
    }
    phrase.is_any(&["BEGIN", "COMMIT", "END", "ABORT", "START"])
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
