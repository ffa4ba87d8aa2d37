//! Directories of other tools: which revisions they are, in which order, and what their scripts hold.

use std::fmt::Write as _;

use migrate_analysis::source::{Layout, fingerprint};
use migrate_core::graph::{Down, Revision, Script};

mod support;

/// The layout, and each revision of the first database: id, parents, date, message, scripts.
fn history(text: &str) -> String {
    let report = support::check_package(text);
    // What the scripts speak of is made by nobody here.
    let errors: Vec<_> = report.errors().filter(|error| error.rule != "unknown-table").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut shown = report.layout.map_or("native", Layout::name).to_owned();
    for revision in report.editions[0].graph.revisions() {
        let parents: Vec<&str> = revision.parents().map(Revision::id).collect();
        let date = revision.created().map(|date| format!("  {date}")).unwrap_or_default();
        let down = match revision.down() {
            Down::Nothing => "nothing".into(),
            Down::Script(script) => script_line(&script),
            Down::Irreversible(reason) => format!("irreversible: {reason}"),
        };
        let up = revision.up().map_or("nothing".into(), |script| script_line(&script));
        let line = format!("{} < {}{date}  {}", revision.id(), parents.join(", "), revision.message());
        let _ = write!(shown, "\n{}\n  up   {up}\n  down {down}", line.trim_end());
    }
    shown
}

fn script_line(script: &Script<'_>) -> String {
    let statements: Vec<&str> = script.statement_texts().collect();
    let transaction = if script.transaction { "" } else { " (no transaction)" };
    format!("{}: {}{transaction}", script.file, statements.join(" | "))
}

#[test]
fn sqlx_files_are_in_the_order_of_numbers_and_know_a_way_back_in_pairs_only() {
    let text = "\
== migrations/10_last.sql ==
SELECT 10;
== migrations/9_index-tasks.up.sql (crlf) ==
-- Copyright of somebody
-- no-transaction
CREATE INDEX i ON t (a);
== migrations/9_another_name.down.sql (bom) ==
DROP INDEX i;
== migrations/20240101123000_late.sql (bom) ==
-- no-transaction
SELECT 2024;
== migrations/8_comments.sql ==
-- nothing here
";
    insta::assert_snapshot!(history(text), @"
    sqlx
    8 <   comments
      up   nothing
      down nothing
    9 < 8  index tasks
      up   9_index-tasks.up.sql: CREATE INDEX i ON t (a) (no transaction)
      down 9_another_name.down.sql: DROP INDEX i
    10 < 9  last
      up   10_last.sql: SELECT 10
      down irreversible: files of sqlx without a down script have no way back
    20240101123000 < 10  2024-01-01 12:30:00  late
      up   20240101123000_late.sql: SELECT 2024 (no transaction)
      down irreversible: files of sqlx without a down script have no way back
    ");
}

#[test]
fn diesel_folders_mix_the_shapes_of_versions() {
    let text = "\
== migrations/2026-05-11-183755-0000_fourth/up.sql ==
SELECT 4;
== migrations/2026-05-11-183755-0000_fourth/metadata.toml ==
run_in_transaction = false
== migrations/2026-05-11-183755-0000_fourth/down.sql ==
SELECT -4;
== migrations/2017-09-23-182408_third/up.sql ==
SELECT 3;
== migrations/2017-09-23-182408_third/up.sqlite.sql ==
CREATE TABLE t33 (id INTEGER);
== migrations/2017-09-23-182408_third/down.sql ==
== migrations/2013-05-05-120000_early/up.sql ==
SELECT 0;
== migrations/2013-05-05-120000_early/down.sql ==
SELECT -0;
== migrations/20140924113530_second/up.sql ==
SELECT 2;
== migrations/20140924113530_second/down.sql ==
SELECT -2;
== migrations/00000000000000_first/up.sql ==
-- made by diesel
== migrations/00000000000000_first/down.sql ==
-- made by diesel
";
    insta::assert_snapshot!(history(text), @"
    diesel
    00000000000000 <   first
      up   nothing
      down nothing
    2013-05-05-120000 < 00000000000000  2013-05-05 12:00:00  early
      up   2013-05-05-120000_early/up.sql: SELECT 0
      down 2013-05-05-120000_early/down.sql: SELECT -0
    20140924113530 < 2013-05-05-120000  2014-09-24 11:35:30  second
      up   20140924113530_second/up.sql: SELECT 2
      down 20140924113530_second/down.sql: SELECT -2
    2017-09-23-182408 < 20140924113530  2017-09-23 18:24:08  third
      up   2017-09-23-182408_third/up.sqlite.sql: CREATE TABLE t33 (id INTEGER)
      down irreversible: it has no down script
    2026-05-11-183755-0000 < 2017-09-23-182408  2026-05-11 18:37:55  fourth
      up   2026-05-11-183755-0000_fourth/up.sql: SELECT 4 (no transaction)
      down 2026-05-11-183755-0000_fourth/down.sql: SELECT -4 (no transaction)
    ");
}

#[test]
fn counters_are_in_the_order_of_numbers_even_where_the_tool_compares_letters() {
    let text = "\
== migrations/2_second/up.sql ==
CREATE TABLE t2 (id INTEGER);
== migrations/10_third/up.sql ==
CREATE TABLE t10 (id INTEGER);
== migrations/1_first/up.sql ==
CREATE TABLE t1 (id INTEGER);
";
    insta::assert_snapshot!(history(text), @"
    diesel
    1 <   first
      up   1_first/up.sql: CREATE TABLE t1 (id INTEGER)
      down irreversible: it has no down script
    2 < 1  second
      up   2_second/up.sql: CREATE TABLE t2 (id INTEGER)
      down irreversible: it has no down script
    10 < 2  third
      up   10_third/up.sql: CREATE TABLE t10 (id INTEGER)
      down irreversible: it has no down script
    ");
}

#[test]
fn refinery_files_have_no_way_back() {
    let text = "\
== migrations/V10__third.sql ==
SELECT 10;
== migrations/U2__second_thing.sql ==
SELECT 2;
== migrations/V1.5__first.sql ==
SELECT 1;
";
    insta::assert_snapshot!(history(text), @"
    refinery
    1.5 <   first
      up   V1.5__first.sql: SELECT 1
      down irreversible: files of refinery without a down script have no way back
    2 < 1.5  second thing
      up   U2__second_thing.sql: SELECT 2
      down irreversible: files of refinery without a down script have no way back
    10 < 2  third
      up   V10__third.sql: SELECT 10
      down irreversible: files of refinery without a down script have no way back
    ");
}

#[test]
fn dbmate_files_have_the_native_marks_and_no_header() {
    let text = "\
== migrations/20240101120000_create_tasks.sql ==
--migrate:up transaction:false wrapped:yes
SELECT 1;
--  migrate:down
SELECT -1;
== migrations/20240102120000.sql ==
-- migrate:up
CREATE TABLE t2 (id INTEGER);
-- migrate:down
";
    insta::assert_snapshot!(history(text), @"
    dbmate
    20240101120000 <   2024-01-01 12:00:00  create tasks
      up   20240101120000_create_tasks.sql: SELECT 1 (no transaction)
      down 20240101120000_create_tasks.sql: SELECT -1
    20240102120000 < 20240101120000  2024-01-02 12:00:00
      up   20240102120000.sql: CREATE TABLE t2 (id INTEGER)
      down irreversible: it has no down script
    ");
}

#[test]
fn goose_marks_may_be_in_any_case_and_blocks_are_cut_by_the_grammar() {
    let text = "\
== migrate.toml ==
databases = [\"postgres\"]
== migrations/00002_function.sql ==
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql
-- +goose StatementEnd
SELECT 2;
-- +goose Down
-- +goose StatementBegin
DROP FUNCTION f()
-- +goose StatementEnd
-- +goose StatementBegin
SELECT -2; SELECT -3;
-- +goose StatementEnd
== migrations/00001_index.sql (crlf) ==
-- about this file
-- +goose no transaction
-- +goose up
CREATE INDEX CONCURRENTLY i ON t (a);
-- +goose down
DROP INDEX i;
";
    insta::assert_snapshot!(history(text), @"
    goose
    00001 <   index
      up   00001_index.sql: CREATE INDEX CONCURRENTLY i ON t (a) (no transaction)
      down 00001_index.sql: DROP INDEX i (no transaction)
    00002 < 00001  function
      up   00002_function.sql: CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql | SELECT 2
      down 00002_function.sql: DROP FUNCTION f() | SELECT -2 | SELECT -3
    ");
}

#[test]
fn golang_migrate_scripts_are_without_their_own_transaction() {
    let text = "\
== migrate.toml ==
databases = [\"postgres\"]
== migrations/1554469235_add_new_inputs_to_jobs.up.sql ==
begin;
SELECT 1;
commit;
SELECT 2;
BEGIN;
SELECT 3;
COMMIT;
== migrations/1554469235_add_new_inputs_to_job.down.sql ==
START TRANSACTION;
SELECT -1;
END TRANSACTION;
== migrations/1554469236_index.up.sql ==
CREATE INDEX CONCURRENTLY i ON t (a);
== migrations/1554469236_index.down.sql ==
DROP INDEX i;
";
    insta::assert_snapshot!(history(text), @"
    golang-migrate
    1554469235 <   add new inputs to jobs
      up   1554469235_add_new_inputs_to_jobs.up.sql: SELECT 1 | SELECT 2 | SELECT 3
      down 1554469235_add_new_inputs_to_job.down.sql: SELECT -1
    1554469236 < 1554469235  index
      up   1554469236_index.up.sql: CREATE INDEX CONCURRENTLY i ON t (a) (no transaction)
      down 1554469236_index.down.sql: DROP INDEX i
    ");
}

#[test]
fn a_native_revision_goes_on_behind_the_history_of_another_tool() {
    let text = "\
== migrations/20240101120000_create_tasks.up.sql ==
SELECT 1;
== migrations/20240101120000_create_tasks.down.sql ==
SELECT -1;
== migrations/20250103_1200_add_owner.sql ==
-- add owner
--
-- revision: abc123def456
-- revises: 20240101120000

-- migrate:up
SELECT 2;
-- migrate:down
SELECT -2;
";
    insta::assert_snapshot!(history(text), @"
    sqlx
    20240101120000 <   2024-01-01 12:00:00  create tasks
      up   20240101120000_create_tasks.up.sql: SELECT 1
      down 20240101120000_create_tasks.down.sql: SELECT -1
    abc123def456 < 20240101120000  add owner
      up   20250103_1200_add_owner.sql: SELECT 2
      down 20250103_1200_add_owner.sql: SELECT -2
    ");
}

#[test]
fn files_for_one_database_belong_to_the_version() {
    let text = "\
== migrations/1_create.postgres.up.sql ==
SELECT 'postgres';
== migrations/1_create.sqlite.up.sql ==
SELECT 'sqlite';
== migrations/1_create.down.sql ==
SELECT -1;
== migrations/2_simple.sqlite.sql ==
SELECT 2;
";
    insta::assert_snapshot!(history(text), @"
    sqlx
    1 <   create
      up   1_create.sqlite.up.sql: SELECT 'sqlite'
      down 1_create.down.sql: SELECT -1
    2 < 1  simple
      up   2_simple.sqlite.sql: SELECT 2
      down irreversible: files of sqlx without a down script have no way back
    ");
}

#[test]
fn the_parents_in_the_lock_file_go_before_the_order_of_versions() {
    let text = "\
== migrations/1_a.sql ==
SELECT 1;
== migrations/2_b.sql ==
SELECT 2;
== migrations/3_c.sql ==
SELECT 3;
== migrations/4_d.sql ==
SELECT 4;
== migrations/migrate.lock ==
format 1
head 2
2 < 3  draft
3 < 1  draft
1 <  draft
";
    insta::assert_snapshot!(history(text), @"
    sqlx
    1 <   a
      up   1_a.sql: SELECT 1
      down irreversible: files of sqlx without a down script have no way back
    3 < 1  c
      up   3_c.sql: SELECT 3
      down irreversible: files of sqlx without a down script have no way back
    2 < 3  b
      up   2_b.sql: SELECT 2
      down irreversible: files of sqlx without a down script have no way back
    4 < 2  d
      up   4_d.sql: SELECT 4
      down irreversible: files of sqlx without a down script have no way back
    ");
}

#[test]
fn the_configuration_says_what_files_do_not() {
    let text = "\
== migrate.toml ==
databases = [\"sqlite\"]
layout = \"golang-migrate\"
== migrations/20240101120000_create_tasks.up.sql ==
SELECT 1;
== migrations/20240101120000_create_tasks.down.sql ==
SELECT -1;
";
    assert!(history(text).starts_with("golang-migrate\n"));
    assert!(history(&text.replace("golang-migrate", "sqlx")).starts_with("sqlx\n"));
    let dbmate = "\
== migrate.toml ==
databases = [\"sqlite\"]
layout = \"dbmate\"
== migrations/20240101_1200_create_tasks.sql ==
-- migrate:up
SELECT 1;
-- migrate:down
SELECT -1;
";
    assert!(history(dbmate).starts_with("dbmate\n20240101 <"));
}

#[test]
fn a_version_that_the_lock_file_lists_is_one_even_behind_a_native_file() {
    let text = "\
== migrations/20240101120000_create_tasks.sql ==
SELECT 1;
== migrations/20240102_1200_add_owner.sql ==
-- add owner
-- revision: abc123def456
-- revises: 20240103120000
-- migrate:up
SELECT 3;
-- migrate:down
SELECT -3;
== migrations/20240103120000_add_priority.sql ==
SELECT 2;
== migrations/migrate.lock ==
format 1
head abc123def456
abc123def456 < 20240103120000  draft
20240103120000 < 20240101120000  draft
20240101120000 <  draft
";
    insta::assert_snapshot!(history(text), @"
    sqlx
    20240101120000 <   2024-01-01 12:00:00  create tasks
      up   20240101120000_create_tasks.sql: SELECT 1
      down irreversible: files of sqlx without a down script have no way back
    20240103120000 < 20240101120000  2024-01-03 12:00:00  add priority
      up   20240103120000_add_priority.sql: SELECT 2
      down irreversible: files of sqlx without a down script have no way back
    abc123def456 < 20240103120000  add owner
      up   20240102_1200_add_owner.sql: SELECT 3
      down 20240102_1200_add_owner.sql: SELECT -3
    ");
}

#[test]
fn a_statement_that_refuses_a_transaction_gets_none_though_its_pair_may_be_of_sqlx() {
    let text = "\
== migrate.toml ==
databases = [\"postgres\"]
== migrations/20250101120000_index.up.sql ==
CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);
== migrations/20250101120000_index.down.sql ==
DROP INDEX i;
== migrations/20250102120000_plain.sql ==
-- no-transaction
DROP INDEX i;
";
    insta::assert_snapshot!(history(text), @"
    sqlx
    20250101120000 <   2025-01-01 12:00:00  index
      up   20250101120000_index.up.sql: CREATE UNIQUE INDEX CONCURRENTLY i ON t (a) (no transaction)
      down 20250101120000_index.down.sql: DROP INDEX i
    20250102120000 < 20250101120000  2025-01-02 12:00:00  plain
      up   20250102120000_plain.sql: DROP INDEX i (no transaction)
      down irreversible: files of sqlx without a down script have no way back
    ");
}

#[test]
fn a_fingerprint_goes_by_what_the_file_says_and_not_by_what_is_made_of_its_statements() {
    let script = "CREATE INDEX CONCURRENTLY i ON t (a);\n";
    let wrapped = "BEGIN;\nSELECT 1;\nCOMMIT;\n";
    let text = format!(
        "== migrate.toml ==\ndatabases = [\"postgres\"]\n== migrations/1_index.up.sql ==\n{script}\
         == migrations/2_more.up.sql ==\n{wrapped}"
    );
    let report = support::check_package(&text);
    let graph = &report.editions[0].graph;
    let first = fingerprint("1", &[], &[], true, script);
    let second = fingerprint("2", &[first], &[], true, wrapped);
    let found: Vec<_> = graph.revisions().map(|revision| *revision.fingerprint()).collect();
    assert_eq!(found, [first, second]);
    let modes: Vec<_> = graph.revisions().map(|revision| revision.up().unwrap().transaction).collect();
    assert_eq!(modes, [false, true]);
}
