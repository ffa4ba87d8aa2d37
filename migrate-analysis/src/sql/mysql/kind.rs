use migrate_core::graph::StatementKind;

use super::super::{phrase::Phrase, token::Token};

/// No schema change of MySQL or MariaDB shares a transaction. What an error leaves behind depends on how many objects
/// a statement names.
pub(in crate::sql) fn kind(phrase: &mut Phrase<'_>) -> StatementKind {
    phrase.take_parentheses();
    if phrase.is_any(&["SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE", "TABLE"]) {
        return StatementKind::Data;
    }
    if phrase.take("LOAD") {
        return if phrase.is_any(&["DATA", "XML"]) { StatementKind::Data } else { StatementKind::Other };
    }
    if phrase.is("USE") {
        return StatementKind::Session;
    }
    if phrase.take("SET") {
        return setting(phrase);
    }
    if changes_schema(phrase) {
        return StatementKind::Schema;
    }
    if controls_transaction(phrase) {
        return StatementKind::TransactionControl;
    }
    StatementKind::Other
}

/// `SET`, which does more than its name says in places.
fn setting(phrase: &mut Phrase<'_>) -> StatementKind {
    if phrase.is_any(&["STATEMENT", "PASSWORD", "DEFAULT"]) {
        // `SET STATEMENT .. FOR` runs any statement; the others change accounts.
        return StatementKind::Other;
    }
    // `autocommit`, `SESSION autocommit`, `@@autocommit`, `@@session.autocommit`, but not a user's `@autocommit`.
    let mut before = ["", ""];
    while let Some(token) = phrase.step() {
        let is_own = before == ["@", ""] || (before[0] == "@" && before[1] != "@");
        if token.is("AUTOCOMMIT") && !is_own && phrase.assigns() {
            return StatementKind::TransactionControl;
        }
        before = [token.text, before[0]];
    }
    StatementKind::Session
}

fn changes_schema(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("CREATE") {
        let replaces = phrase.take_all(&["OR", "REPLACE"]);
        return match object(phrase) {
            "DATABASE" | "SCHEMA" | "" => false,
            "USER" | "ROLE" => !replaces && !phrase.lists(),
            "VIEW" => true,
            // MariaDB drops the old object first, and an error may come after that.
            _ => !replaces,
        };
    }
    if phrase.take("ALTER") {
        return match object(phrase) {
            "DATABASE" | "SCHEMA" | "" => false,
            "USER" | "ROLE" => !phrase.lists(),
            _ => true,
        };
    }
    if phrase.take("DROP") {
        return !matches!(object(phrase), "DATABASE" | "SCHEMA" | "") && !phrase.lists();
    }
    if phrase.take("RENAME") {
        return phrase.take_any(&["TABLE", "TABLES"]) && !phrase.lists();
    }
    phrase.is("TRUNCATE")
}

/// The word that says what is created, changed or dropped, behind all that may come before it (`TEMPORARY`,
/// `DEFINER = ..`). Empty where there is none.
fn object(phrase: &mut Phrase<'_>) -> &'static str {
    const OBJECTS: &[&str] = &[
        "TABLE",
        "TABLES",
        "INDEX",
        "VIEW",
        "TRIGGER",
        "PROCEDURE",
        "FUNCTION",
        "EVENT",
        "SEQUENCE",
        "USER",
        "ROLE",
        "SERVER",
        "DATABASE",
        "SCHEMA",
        "PACKAGE",
    ];
    let found = |token: Token<'_>| OBJECTS.iter().find(|object| token.is(object)).copied();
    std::iter::from_fn(|| phrase.step()).find_map(found).unwrap_or_default()
}

fn controls_transaction(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("BEGIN") {
        // `BEGIN NOT ATOMIC` is a block.
        return !phrase.is("NOT");
    }
    if phrase.take("ROLLBACK") {
        phrase.take("WORK");
        return !phrase.is("TO");
    }
    phrase.is_any(&["COMMIT", "XA"]) || phrase.take_all(&["START", "TRANSACTION"])
}
