//! Which scripts a database gets: from `<name>.sql`, from a pair, from a file of its own.

use std::fmt::Write as _;

use migrate_core::graph::{Down, Revision, Script};

mod support;

/// Each edition with its revisions, in order, and where their statements stand.
fn editions(text: &str) -> String {
    let report = support::check_package(text);
    assert_eq!(report.diagnostics, []);
    let mut shown = String::new();
    for edition in &report.editions {
        let _ = writeln!(shown, "{}", edition.dialect);
        for revision in edition.graph.revisions() {
            let up = revision.up().map_or("nothing".into(), |script| script_line(&script));
            let down = match revision.down() {
                Down::Nothing => "nothing".into(),
                Down::Script(script) => script_line(&script),
                Down::Irreversible(reason) => format!("irreversible: {reason}"),
            };
            let _ = writeln!(
                shown,
                "  {} \"{}\"\n    up   {up}\n    down {down}",
                revision.id(),
                revision.message()
            );
        }
    }
    shown
}

fn script_line(script: &Script<'_>) -> String {
    let statements: Vec<&str> = script.statement_texts().collect();
    let transaction = if script.transaction { "" } else { " (no transaction)" };
    format!("{}: {}{transaction}", script.file, statements.join(" | "))
}

#[test]
fn a_file_for_one_database_replaces_the_halves_that_it_has() {
    let text = "\
== migrate.toml ==
databases = [\"sqlite\", \"postgres\"]
externals = [\"t\"]
== migrations/1_add_index.sql ==
-- add an index
--
-- revision: abc

-- migrate:up
CREATE INDEX i ON t (a);
-- migrate:down
DROP INDEX i;
== migrations/1_add_index.postgres.sql ==
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY i ON t (a);
";
    insta::assert_snapshot!(editions(text), @r#"
    sqlite
      abc "add an index"
        up   1_add_index.sql: CREATE INDEX i ON t (a)
        down 1_add_index.sql: DROP INDEX i
    postgres
      abc "add an index"
        up   1_add_index.postgres.sql: CREATE INDEX CONCURRENTLY i ON t (a) (no transaction)
        down 1_add_index.sql: DROP INDEX i
    "#);
}

#[test]
fn files_for_one_database_each_need_no_other() {
    let text = "\
== migrate.toml ==
databases = [\"sqlite\", \"mysql\"]
== migrations/1_make.mysql.up.sql ==
CREATE TABLE t (a INT) ENGINE=InnoDB;
== migrations/1_make.mysql.down.sql ==
DROP TABLE t;
== migrations/1_make.sqlite.sql ==
-- make t
--
-- revision: abc

-- migrate:up
CREATE TABLE t (a INTEGER);
-- migrate:down irreversible: it is the beginning
";
    insta::assert_snapshot!(editions(text), @r#"
    sqlite
      abc "make t"
        up   1_make.sqlite.sql: CREATE TABLE t (a INTEGER)
        down irreversible: it is the beginning
    mysql
      abc "make t"
        up   1_make.mysql.up.sql: CREATE TABLE t (a INT) ENGINE=InnoDB
        down 1_make.mysql.down.sql: DROP TABLE t
    "#);
}

#[test]
fn the_files_without_a_database_are_for_the_one_that_dialect_names() {
    let text = "\
== migrate.toml ==
databases = [\"sqlite\", \"postgres\"]
dialect = \"sqlite\"
== migrations/1_make.sql ==
-- make t
--
-- revision: abc

-- migrate:up
CREATE TABLE t (a INTEGER);
-- migrate:down
DROP TABLE t;
== migrations/1_make.postgres.sql ==
-- migrate:up
CREATE TABLE t (a BIGINT);
-- migrate:down
DROP TABLE t CASCADE;
";
    insta::assert_snapshot!(editions(text), @r#"
    sqlite
      abc "make t"
        up   1_make.sql: CREATE TABLE t (a INTEGER)
        down 1_make.sql: DROP TABLE t
    postgres
      abc "make t"
        up   1_make.postgres.sql: CREATE TABLE t (a BIGINT)
        down 1_make.postgres.sql: DROP TABLE t CASCADE
    "#);
}

#[test]
fn merges_have_no_scripts_and_what_is_allowed_to_lack_a_way_back_is_irreversible() {
    let text = "\
== migrate.toml ==
databases = [\"sqlite\"]
[rules]
missing-down = \"allow\"
== migrations/1.sql ==
-- make t
-- revision: a
-- migrate:up
CREATE TABLE t (a INTEGER);
== migrations/2.sql ==
-- add b
-- revision: b
-- revises: a
-- migrate:up
ALTER TABLE t ADD COLUMN b;
-- migrate:down
ALTER TABLE t DROP COLUMN b;
== migrations/3.sql ==
-- add c
-- revision: c
-- revises: a
-- migrate:up
ALTER TABLE t ADD COLUMN c;
-- migrate:down
ALTER TABLE t DROP COLUMN c;
== migrations/4.sql ==
-- join
-- revision: d
-- revises: b, c
";
    insta::assert_snapshot!(editions(text), @r#"
    sqlite
      a "make t"
        up   1.sql: CREATE TABLE t (a INTEGER)
        down irreversible: it has no down script
      b "add b"
        up   2.sql: ALTER TABLE t ADD COLUMN b
        down 2.sql: ALTER TABLE t DROP COLUMN b
      c "add c"
        up   3.sql: ALTER TABLE t ADD COLUMN c
        down 3.sql: ALTER TABLE t DROP COLUMN c
      d "join"
        up   nothing
        down nothing
    "#);
}

#[test]
fn a_broken_history_still_has_the_graph_of_what_is_sound() {
    let file = |id: &str, revises: &str| {
        format!(
            "== migrations/{id}.sql ==\n-- {id}\n-- revision: {id}\n-- revises: {revises}\n-- migrate:up\nSELECT 1;\n-- migrate:down irreversible: it reads\n"
        )
    };
    let text = [file("a", ""), file("b", "a"), file("c", "x"), file("d", "c"), file("e", "b")].concat();
    let report = support::check_package(&text);
    assert_eq!(report.errors().map(|error| error.rule).collect::<Vec<_>>(), ["unknown-parent"]);
    let ids: Vec<&str> = report.editions[0].graph.revisions().map(Revision::id).collect();
    assert_eq!(ids, ["a", "b", "e"]);
}
