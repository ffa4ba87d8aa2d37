use migrate_core::graph::StatementKind;

use super::super::{phrase::Phrase, token::Token};

/// What shares a transaction: it reads or changes rows, or is gone with the session.
const DATA: &[&str] = &[
    "SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE", "TABLE", "DO", "EXPLAIN",
    "DESCRIBE", "DESC", "SHOW",
];

/// No schema change of MySQL or MariaDB shares a transaction. What an error leaves behind depends on how many objects
/// a statement names.
pub(in crate::sql) fn kind(phrase: &mut Phrase<'_>) -> StatementKind {
    if phrase.take("SET") && !skip_settings(phrase) {
        return setting(phrase);
    }
    phrase.take_parentheses();
    if phrase.is_any(DATA) {
        return StatementKind::Data;
    }
    if phrase.take("LOAD") {
        return if phrase.is_any(&["DATA", "XML"]) { StatementKind::Data } else { StatementKind::Other };
    }
    if phrase.is_any(&["USE", "PREPARE", "DEALLOCATE"]) {
        return StatementKind::Session;
    }
    if phrase.take("CREATE") {
        return created(phrase);
    }
    if phrase.take("DROP") {
        return dropped(phrase);
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
    if phrase.is_any(&["PASSWORD", "DEFAULT"]) {
        // They change accounts.
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

/// Takes the settings of MariaDB's `SET STATEMENT .. FOR`, behind which the statement comes that they are for. Whether
/// there are any, once the `SET` is taken.
pub(super) fn skip_settings(phrase: &mut Phrase<'_>) -> bool {
    phrase.take("STATEMENT") && phrase.has("FOR")
}

fn created(phrase: &mut Phrase<'_>) -> StatementKind {
    let replaces = phrase.take_all(&["OR", "REPLACE"]);
    if phrase.is("TEMPORARY") {
        // The one `CREATE` that does not commit.
        return StatementKind::Data;
    }
    let is_one = match object_word(phrase) {
        "DATABASE" | "SCHEMA" | "" => false,
        "USER" | "ROLE" => !replaces && !phrase.lists(),
        "VIEW" => true,
        // MariaDB drops the old object first, and an error may come after that.
        _ => !replaces,
    };
    if is_one { StatementKind::Schema } else { StatementKind::Other }
}

fn dropped(phrase: &mut Phrase<'_>) -> StatementKind {
    if phrase.is("TEMPORARY") {
        return StatementKind::Data;
    }
    if phrase.is("PREPARE") {
        return StatementKind::Session;
    }
    let is_one = !matches!(object_word(phrase), "DATABASE" | "SCHEMA" | "") && !phrase.lists();
    if is_one { StatementKind::Schema } else { StatementKind::Other }
}

fn changes_schema(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take("ALTER") {
        return match object_word(phrase) {
            "DATABASE" | "SCHEMA" | "" => false,
            "USER" | "ROLE" => !phrase.lists(),
            _ => true,
        };
    }
    if phrase.take("RENAME") {
        return phrase.take_any(&["TABLE", "TABLES"]) && !phrase.lists();
    }
    phrase.is("TRUNCATE")
}

/// The word that says what is created, changed or dropped, behind all that may come before it (`TEMPORARY`,
/// `DEFINER = ..`). Empty where there is none.
pub(super) fn object_word(phrase: &mut Phrase<'_>) -> &'static str {
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
