use crate::sql::sqlite::lower;

/// What is wrong with a statement, and where.
fn refusal(statement: &str) -> String {
    let lowered = lower(statement);
    let [error] = lowered.errors.as_slice() else { panic!("{statement}: {lowered:?}") };
    format!("{} at `{}`", error.message, error.span.of(statement))
}

#[test]
fn broken_grammar_is_shown_where_it_breaks() {
    let cases = [
        ("CREATE TABEL t (a)", "`TABEL` is not expected here at `TABEL`"),
        ("CREATE TABLE t (\n  a,\n)", "`)` is not expected here at `)`"),
        ("CREATE TABLE t (a", "the statement is not complete at `a`"),
        ("DROP INDEX IF EXIST i", "`EXIST` is not expected here at `EXIST`"),
        ("ALTER TABLE t DELETE COLUMN a", "`DELETE` is not expected here at `DELETE`"),
        ("SELECT 'ä', 1a", "this is no number at `1`"),
        ("SELECT x'0'", "a blob has an even number of hexadecimal digits at `x`"),
    ];
    for (statement, expected) in cases {
        assert_eq!(refusal(statement), expected);
    }
}

#[test]
fn what_sqlite_refuses_whatever_the_schema_is_is_told() {
    let cases = [
        ("CREATE TABLE t (a, A)", "column `A` is declared twice at `)`"),
        ("CREATE TABLE sqlite_t (a)", "names that begin with `sqlite_` are SQLite's own at `sqlite_t`"),
        ("CREATE TABLE t (a PRIMARY KEY, b PRIMARY KEY)", "table `t` has more than one primary key at `t`"),
        (
            "CREATE TABLE t (a TEXT PRIMARY KEY AUTOINCREMENT)",
            "`AUTOINCREMENT` is for an `INTEGER PRIMARY KEY` alone, on a table with a rowid at `a`",
        ),
        ("CREATE TABLE t (a) WITHOUT ROWID", "table `t` is `WITHOUT ROWID`, and has no primary key at `t`"),
        (
            "CREATE TABLE t (a VARCHAR) STRICT",
            "a `STRICT` table knows the types `INT`, `INTEGER`, `REAL`, `TEXT`, `BLOB` and `ANY` at `a`",
        ),
        ("CREATE TABLE t (a, b DEFAULT (a))", "the default of column `b` is not constant at `b`"),
        (
            "CREATE TABLE t (a CHECK (a IN (SELECT 1)))",
            "there can be no query within a check, a generated column or an index at `a`",
        ),
        ("ALTER TABLE t ADD COLUMN a UNIQUE", "column `a` cannot be added as unique at `a`"),
        ("CREATE INDEX i ON t (a NULLS LAST)", "`NULLS FIRST` and `NULLS LAST` are for queries alone at `i`"),
        (
            "CREATE TRIGGER g DELETE ON t BEGIN DELETE FROM main.u; END",
            "what a trigger changes is named without a schema at `u`",
        ),
    ];
    for (statement, expected) in cases {
        assert_eq!(refusal(statement), expected);
    }
}

#[test]
fn what_only_looks_wrong_is_accepted() {
    let statements = [
        "INSERT INTO t (a, a) VALUES (1, 2)",
        "CREATE TABLE t (a DEFAULT \"x\", b DEFAULT x, c DEFAULT (datetime('now')))",
        "CREATE TABLE t (a REFERENCES nowhere, b NULL, c, UNIQUE ('a', \"b\"))",
        "CREATE TABLE t (a STRING(10, 2) CONSTRAINT n NOT NULL ON CONFLICT FAIL)",
        "PRAGMA x=on",
        "CREATE TRIGGER IF NOT EXISTS g UPDATE OF a, a ON t BEGIN SELECT 1; END",
    ];
    for statement in statements {
        let lowered = lower(statement);
        assert_eq!(lowered.errors, Vec::new(), "{statement}");
    }
}
