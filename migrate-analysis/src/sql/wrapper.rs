use migrate_core::{
    Dialect,
    graph::{Statement, StatementKind},
};

use super::phrase::Phrase;

/// Whether a script is one transaction of its own: its first statement begins it, its last one commits it, and nothing
/// in between has to do with transactions.
pub(crate) fn is_wrapped(text: &str, statements: &[Statement], dialect: Dialect) -> bool {
    let [first, between @ .., last] = statements else { return false };
    let controls = |statement: &Statement| statement.kind == StatementKind::TransactionControl;
    let phrase = |statement: &Statement| Phrase::new(statement.span.of(text), dialect);
    controls(first)
        && controls(last)
        && !between.iter().any(controls)
        && begins(phrase(first))
        && commits(phrase(last))
}

/// `BEGIN`, `BEGIN IMMEDIATE TRANSACTION`, `START TRANSACTION`, but no special kind of transaction.
fn begins(mut phrase: Phrase<'_>) -> bool {
    if phrase.take("BEGIN") {
        phrase.take_any(&["DEFERRED", "IMMEDIATE", "EXCLUSIVE"]);
        phrase.take_any(&["WORK", "TRANSACTION"]);
        return phrase.is_over();
    }
    phrase.take_all(&["START", "TRANSACTION"]) && phrase.is_over()
}

/// `COMMIT`, `END TRANSACTION`
fn commits(mut phrase: Phrase<'_>) -> bool {
    if !phrase.take_any(&["COMMIT", "END"]) {
        return false;
    }
    phrase.take_any(&["WORK", "TRANSACTION"]);
    phrase.is_over()
}

#[cfg(test)]
mod tests {
    use migrate_core::{Dialect, Span};

    use super::is_wrapped;
    use crate::sql::split;

    fn wraps(text: &str) -> bool {
        let split = split(text, Span::new(0, text.len() as u32), Dialect::Postgres);
        is_wrapped(text, &split.statements, Dialect::Postgres)
    }

    #[test]
    fn a_script_in_one_transaction_is_wrapped() {
        assert!(wraps("BEGIN; SELECT 1; COMMIT;"));
        assert!(wraps("-- it\nbegin transaction;\nSELECT 1;\nSELECT 2;\nend work"));
        assert!(wraps("START TRANSACTION; COMMIT"));
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
            assert!(!wraps(text), "{text}");
        }
    }
}
