//! Transactions that a script opens by itself.

use migrate_core::{
    Dialect,
    graph::{Statement, StatementKind},
};

use super::phrase::Phrase;

/// Whether a script is one transaction of its own: its first statement begins it, its last one commits it, and nothing
/// in between has to do with transactions.
pub(crate) fn is_one_block(text: &str, statements: &[Statement], dialect: Dialect) -> bool {
    let [first, between @ .., last] = statements else { return false };
    begins(text, first, dialect) && commits(text, last, dialect) && !between.iter().any(controls)
}

/// The statements without those that begin and commit transactions. `None` where the script does more with them than
/// that: commits what it has not begun, or rolls back.
///
/// A begin without a commit is in a transaction, where such a script runs, no more than a warning of the server.
pub(crate) fn without_blocks(
    text: &str,
    statements: &[Statement],
    dialect: Dialect,
) -> Option<Vec<Statement>> {
    let mut is_open = false;
    let mut kept = Vec::with_capacity(statements.len());
    for statement in statements {
        if !controls(statement) {
            kept.push(*statement);
        } else if begins(text, statement, dialect) {
            is_open = true;
        } else if !(commits(text, statement, dialect) && std::mem::take(&mut is_open)) {
            return None;
        }
    }
    Some(kept)
}

fn controls(statement: &Statement) -> bool {
    statement.kind == StatementKind::TransactionControl
}

/// `BEGIN`, `BEGIN IMMEDIATE TRANSACTION`, `START TRANSACTION`, but no special kind of transaction.
fn begins(text: &str, statement: &Statement, dialect: Dialect) -> bool {
    let mut phrase = Phrase::new(statement.span.of(text), dialect);
    if phrase.take("BEGIN") {
        phrase.take_any(&["DEFERRED", "IMMEDIATE", "EXCLUSIVE"]);
        phrase.take_any(&["WORK", "TRANSACTION"]);
        return controls(statement) && phrase.is_over();
    }
    controls(statement) && phrase.take_all(&["START", "TRANSACTION"]) && phrase.is_over()
}

fn commits(text: &str, statement: &Statement, dialect: Dialect) -> bool {
    let mut phrase = Phrase::new(statement.span.of(text), dialect);
    if !controls(statement) || !phrase.take_any(&["COMMIT", "END"]) {
        return false;
    }
    phrase.take_any(&["WORK", "TRANSACTION"]);
    phrase.is_over()
}

#[cfg(test)]
mod tests {
    use migrate_core::{Dialect, Span, graph::Statement};

    use super::{is_one_block, without_blocks};
    use crate::sql::split;

    fn statements(text: &str) -> Vec<Statement> {
        split(text, Span::new(0, text.len() as u32), Dialect::Postgres).statements
    }

    fn is_one(text: &str) -> bool {
        is_one_block(text, &statements(text), Dialect::Postgres)
    }

    fn kept(text: &str) -> Option<String> {
        let kept = without_blocks(text, &statements(text), Dialect::Postgres)?;
        Some(kept.iter().map(|statement| statement.span.of(text)).collect::<Vec<_>>().join(" | "))
    }

    #[test]
    fn a_script_in_one_transaction_is_one_block() {
        assert!(is_one("BEGIN; SELECT 1; COMMIT;"));
        assert!(is_one("-- it\nbegin transaction;\nSELECT 1;\nSELECT 2;\nend work"));
        assert!(is_one("START TRANSACTION; COMMIT"));
    }

    #[test]
    fn all_else_is_not() {
        for text in [
            "",
            "BEGIN;",
            "BEGIN; SELECT 1;",
            "SELECT 1; COMMIT;",
            "BEGIN; SELECT 1; ROLLBACK;",
            "BEGIN; COMMIT; BEGIN; COMMIT;",
            "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT;",
            "BEGIN; SELECT 1; COMMIT AND CHAIN;",
            "SET a = 1; BEGIN; COMMIT;",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }

    #[test]
    fn blocks_are_taken_out_wherever_they_stand() {
        let text = "SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3; START TRANSACTION; SELECT 4; END;";
        assert_eq!(kept(text).as_deref(), Some("SELECT 1 | SELECT 2 | SELECT 3 | SELECT 4"));
        assert_eq!(kept("SELECT 1; BEGIN; SELECT 2").as_deref(), Some("SELECT 1 | SELECT 2"));
    }

    #[test]
    fn what_does_more_with_transactions_is_left_as_it_is() {
        for text in [
            "SELECT 1; COMMIT;",
            "BEGIN; COMMIT; COMMIT;",
            "BEGIN; SELECT 1; ROLLBACK;",
            "BEGIN ISOLATION LEVEL SERIALIZABLE; COMMIT;",
            "BEGIN; COMMIT AND CHAIN;",
        ] {
            assert_eq!(kept(text), None, "{text}");
        }
    }
}
