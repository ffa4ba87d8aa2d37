//! What is refused before anything is written, and what to do then.

use crate::{
    books::{FILES, adopt, at, of_sqlx, run},
    terminal::Terminal,
};

const ADOPT: &str = "cargo migrate adopt -D sqlite:app.db";

/// Two migrations of sqlx, which keeps a checksum: those of the files as they are.
const SQLX: &str = "
== Cargo.toml ==
[package]
name = 'service'
== migrations/1_create_tasks.sql ==
CREATE TABLE tasks (id INTEGER PRIMARY KEY);
== migrations/2_add_owner.sql ==
ALTER TABLE tasks ADD COLUMN owner TEXT;
== migrations/3_add_due_date.sql ==
ALTER TABLE tasks ADD COLUMN due_on TEXT;
";
const FIRST: &str =
    "4f95309d1a0087576862cb165e1bae9e84c4d682e5a0ad3d4234742f6a143b05a0d3c2e052d04aefc6efbdde307357a1";
const SECOND: &str =
    "2035667e694827985168b8ebdd890c9be289defa54eb74bd37704de4431570d78e5b7986532e3747fff82a697d6c6593";
const THIRD: &str =
    "e3921522716812ce4a494bcdb2d7ba4d9e789be2ea36091d522f906106cbab985b141a68c047a245ec8f5dc960a1f0c2";

#[test]
fn a_file_that_was_edited_is_named() {
    let books = of_sqlx(&[(1, true, FIRST), (2, true, SECOND)]);
    let edited = SQLX.replace("owner TEXT", "owner TEXT NOT NULL DEFAULT ''");
    insta::assert_snapshot!(adopt(SQLX, &books, ADOPT), @r#"
    $ cargo migrate adopt -D sqlite:app.db
    sqlx: `_sqlx_migrations` in `app.db`
    2 revisions taken over: `1` to `2`
    1 revision pending:
      3  add due date
    migrate.toml: `layout = "sqlx"` and `baseline = "2"` added

    next: seal what has shipped with `cargo migrate lock 2`, and let nothing migrate with sqlx any more.
    `_sqlx_migrations` was read only; when no release needs it any more, drop it by hand.
    "#);
    insta::assert_snapshot!(adopt(&edited, &books, &format!("{ADOPT}\nls")), @"
    $ cargo migrate adopt -D sqlite:app.db
    error: `2_add_owner.sql` is not what was applied: the checksum in `_sqlx_migrations` is another; the file was edited afterwards
      help: restore the file as it was when it was applied (`git log -p` shows its history), and put the change into a new migration
    exit code 1
    $ ls
    Cargo.toml
    app.db
    migrations
    ");
}

#[test]
fn a_file_that_was_given_a_header_cannot_be_compared() {
    let files = "
== migrations/1_create_tasks.sql ==
-- revision: 1
-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);
-- migrate:down
DROP TABLE tasks;
";
    insta::assert_snapshot!(adopt(files, &of_sqlx(&[(1, true, FIRST)]), ADOPT), @r#"
    $ cargo migrate adopt -D sqlite:app.db
    sqlx: `_sqlx_migrations` in `app.db`
    1 revision taken over: `1`
    1 file with a header not compared with the checksum of sqlx
    migrate.toml: `baseline = "1"` added

    next: seal what has shipped with `cargo migrate lock 1`, and let nothing migrate with sqlx any more.
    `_sqlx_migrations` was read only; when no release needs it any more, drop it by hand.
    "#);
}

#[test]
fn a_migration_that_failed_half_way_comes_first() {
    let books = of_sqlx(&[(1, true, FIRST), (2, false, SECOND)]);
    insta::assert_snapshot!(adopt(SQLX, &books, ADOPT), @"
    $ cargo migrate adopt -D sqlite:app.db
    error: sqlx marks version `2` as not successful: it failed half-way, or is at work
      help: see what of it was carried out; finish it by hand and set `success`, or undo it by hand and delete the row: `DELETE FROM _sqlx_migrations WHERE version = 2`
    exit code 1
    ");
}

#[test]
fn a_version_without_a_file_is_named_and_the_nearest_one_too() {
    let rows = [(1, true, FIRST), (2, true, SECOND), (20240105, true, "00"), (20240107, true, "00")];
    let files = format!("{SQLX}== migrations/20240106_x.sql ==\nSELECT 1;\n");
    insta::assert_snapshot!(adopt(&files, &of_sqlx(&rows), ADOPT), @"
    $ cargo migrate adopt -D sqlite:app.db
    error: `_sqlx_migrations` has `20240105`, `20240107`, of which there is no file
      help: if `20240106` is the same migration under another version, give it its version back; else bring the file back from git, or check out a commit that has it; if it was removed on purpose, delete the row by hand
    exit code 1
    ");
    insta::assert_snapshot!(adopt(FILES, &at(99), ADOPT), @"
    $ cargo migrate adopt -D sqlite:app.db
    error: `schema_migrations` has `99`, of which there is no file
      help: bring the file back from git, or check out a commit that has it
    exit code 1
    ");
}

#[test]
fn a_hole_is_named() {
    let books = of_sqlx(&[(1, true, FIRST), (3, true, THIRD)]);
    insta::assert_snapshot!(adopt(SQLX, &books, ADOPT), @"
    $ cargo migrate adopt -D sqlite:app.db
    error: `_sqlx_migrations` has `3`, but not `2`, which it rests on
      help: apply `2` with sqlx first: `sqlx migrate run`
    exit code 1
    ");
}

#[test]
fn of_several_tools_one_has_to_be_named() {
    let books = format!("{}; {}", of_sqlx(&[(1, true, FIRST)]), at(1));
    let commands = format!("{ADOPT}\n{ADOPT} --from golang-migrate --dry-run\n{ADOPT} --from nosuch");
    insta::assert_snapshot!(adopt(FILES, &books, &commands), @r#"
    $ cargo migrate adopt -D sqlite:app.db
    error: the database has tables of several tools: `_sqlx_migrations` of sqlx, `schema_migrations` of golang-migrate
      help: say which of them has migrated it: `--from sqlx`, `--from golang-migrate`
    exit code 1
    $ cargo migrate adopt -D sqlite:app.db --from golang-migrate --dry-run
    golang-migrate: `schema_migrations` in `app.db`
    1 revision would be taken over: `000001`
    2 revisions pending:
      000002  add owner
      000003  add due date
    migrate.toml: `layout = "golang-migrate"` and `baseline = "000001"` would be added
    $ cargo migrate adopt -D sqlite:app.db --from nosuch
    error: invalid value 'nosuch' for '--from <TOOL>'
      [possible values: alembic, dbmate, diesel, golang-migrate, goose, refinery, sea-orm, sqlx]

    For more information, try '--help'.
    exit code 2
    "#);
}

#[test]
fn a_table_of_another_name_is_named() {
    let books = at(3).replace("schema_migrations", "our_migrations");
    let commands =
        format!("{ADOPT} --from golang-migrate --table our_migrations --dry-run\n{ADOPT} --table x");
    insta::assert_snapshot!(adopt(FILES, &books, &commands), @r#"
    $ cargo migrate adopt -D sqlite:app.db --from golang-migrate --table our_migrations --dry-run
    golang-migrate: `our_migrations` in `app.db`
    3 revisions would be taken over: `000001` to `000003`
    migrate.toml: `layout = "golang-migrate"` and `baseline = "000003"` would be added
    $ cargo migrate adopt -D sqlite:app.db --table x
    error: the following required arguments were not provided:
      --from <TOOL>

    Usage: cargo migrate adopt --from <TOOL> --database-url <URL> --table <NAME>

    For more information, try '--help'.
    exit code 2
    "#);
}

#[test]
fn where_no_tool_has_been_it_is_said_where_was_looked() {
    insta::assert_snapshot!(adopt(FILES, "CREATE TABLE t (n integer)", ADOPT), @"
    $ cargo migrate adopt -D sqlite:app.db
    error: no migration tool has kept its books in `app.db`: there is none of `__diesel_schema_migrations`, `_sqlx_migrations`, `alembic_version`, `goose_db_version`, `refinery_schema_history`, `schema_migrations`, `seaql_migrations`
      help: see that the URL names the right database, and `schema` in migrate.toml the right schema; a table of another name is named by `--from <TOOL> --table <NAME>`
    exit code 1
    ");
    let ecto = "CREATE TABLE schema_migrations (version bigint, inserted_at timestamp)";
    insta::assert_snapshot!(adopt(FILES, ecto, ADOPT), @r#"
    $ cargo migrate adopt -D sqlite:app.db
    error: `schema_migrations` in `app.db` is the table of no tool that is known: its columns are `version`, `inserted_at`
      help: write down by hand what is applied: `cargo migrate stamp <revision>`
    exit code 1
    "#);
}

#[test]
fn a_tool_that_went_on_after_the_adoption_is_noticed() {
    let terminal = Terminal::new(FILES);
    run(&terminal, &at(1));
    terminal.run(ADOPT);
    run(&terminal, "UPDATE schema_migrations SET version = 3");
    insta::assert_snapshot!(terminal.run(ADOPT), @r#"
    $ cargo migrate adopt -D sqlite:app.db
    error: the database is in use already: `000001` is current, and `000002`, `000003` are not applied by what is written down
      help: if golang-migrate has migrated the database since it was adopted, let nothing do so any more, and write down the rest: `cargo migrate stamp 000003`
    exit code 1
    "#);
}

#[test]
fn a_directory_that_does_not_compile_is_shown() {
    let files = FILES.replace("000003_add_due_date.up.sql", "000002_add_due_date.up.sql");
    insta::assert_snapshot!(adopt(&files, &at(1), ADOPT), @"
    $ cargo migrate adopt -D sqlite:app.db
    error[duplicate-revision]: `000002_add_due_date.up.sql` and `000002_add_owner.up.sql` have one version, `000002`
    --> migrations/000002_add_owner.up.sql
    ::: migrations/000002_add_due_date.up.sql
     = help: give one of them another version

    warning[orphan-down]: `000003_add_due_date.down.sql` has no `000003_add_due_date.up.sql` beside it
    --> migrations/000003_add_due_date.down.sql
     = help: did you mean `000002_add_due_date.down.sql`?

    nothing is adopted before these errors are mended
    exit code 1
    ");
}

#[test]
fn the_graph_of_another_database_is_refused() {
    let files = format!("{FILES}== migrate.toml ==\ndatabases = ['postgres']\n");
    insta::assert_snapshot!(adopt(&files, &at(1), ADOPT), @r#"
    $ cargo migrate adopt -D sqlite:app.db
    error: this is a sqlite database; the graph is for `postgres`
      help: name it: `databases = ["sqlite"]` in migrate.toml, or in `embed_migrations!`
    exit code 1
    "#);
}
