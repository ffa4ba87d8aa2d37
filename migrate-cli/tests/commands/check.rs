//! `cargo migrate check`

use crate::package::{PACKAGE, damaged, run};

#[test]
fn check_says_that_nothing_was_found() {
    let commands = "check\nmigrate check\nsrc/deep/empty$ check\ncheck --database sqlite";
    insta::assert_snapshot!(run(PACKAGE, commands), @"
    > check
    4 revisions for sqlite, postgres: nothing found
    > migrate check
    4 revisions for sqlite, postgres: nothing found
    > src/deep/empty$ check
    4 revisions for sqlite, postgres: nothing found
    > check --database sqlite
    4 revisions for sqlite: nothing found
    ");
}

#[test]
fn check_names_the_layout_of_another_tool_and_lists_what_has_shipped() {
    let files = "\
== migrations/20250101120000_create_tasks.up.sql ==
CREATE TABLE tasks (id INTEGER);
== migrations/20250102120000_add_priority.sql ==
ALTER TABLE tasks ADD COLUMN priority INTEGER;
";
    insta::assert_snapshot!(run(files, "check --database sqlite"), @r#"
    > check --database sqlite
    warning[missing-down]: this revision has no down script
     --> migrations/20250101120000_create_tasks.up.sql:1:1
      |
    1 | CREATE TABLE tasks (id INTEGER);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is not taken back
      |
      = help: write the statements that take it back in `20250101120000_create_tasks.down.sql`

    warning[history-not-reversible]: 1 of 2 revisions has no sound way back
     |
     = help: `cargo migrate check` lists them
     = help: where all of them have been applied everywhere, set `baseline = "20250102120000"` in `migrate.toml`: then only what comes later is checked for a way back

    2 revisions (sqlx) for sqlite: 1 warning
    `cargo migrate explain <rule>` says more
    "#);
}

#[test]
fn check_shows_errors_and_warnings_and_counts_them() {
    let files = damaged("revises: abc123def456\n-- labels", "revises: abc123def465\n-- labels")
        .replace("-- migrate:down\nALTER", "-- allow: empty-up, why\nALTER");
    insta::assert_snapshot!(run(&files, "check --format text"), @"
    > check --format text
    error[unknown-parent]: unknown parent `abc123def465`
     --> migrations/20251111_0900_add_priority.sql:4:13
      |
    4 | -- revises: abc123def465
      |             ^^^^^^^^^^^^ no revision has this id
      |
    help: did you mean `abc123def456`?
      |
    4 - -- revises: abc123def465
    4 + -- revises: abc123def456
      |

    error[missing-down]: this revision has no down script
     --> migrations/20251112_1000_add_owner.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ this is not taken back
      |
      = help: write the statements that take it back below a line `-- migrate:down`
      = help: or declare that there is no way back: `-- migrate:down irreversible: <reason>`

    warning[unused-allow]: `empty-up` finds nothing here that could be allowed
      --> migrations/20251112_1000_add_owner.sql:10:1
       |
    10 | -- allow: empty-up, why
       | ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove it

    2 errors, 1 warning in 5 migration files
    `cargo migrate explain <rule>` says more
    exit code 1
    ");
}

#[test]
fn check_takes_another_directory_and_another_configuration() {
    let files =
        PACKAGE.replace("== migrations/", "== db/history/").replace("== migrate.toml", "== db/other.toml");
    let commands = "check\ncheck --config db/other.toml\ncheck --config db/other.toml --dir db/history\n\
                    check --dir db/history --database sqlite,postgres\ncheck --config none.toml";
    insta::assert_snapshot!(run(&files, commands), @r#"
    > check
    error[database-not-named]: no database is named
     |
     = help: add `databases = ["postgres"]` to `migrate.toml`, beside `Cargo.toml`
     = help: or name it in the code: `embed_migrations!("migrations", postgres)`
     = help: the databases are `sqlite`, `postgres`, `mysql`

    error[missing-directory]: the directory `migrations` does not exist
     |
     = help: create it by `cargo migrate init`, or name another one: `dir = ".."` in `migrate.toml`, beside `Cargo.toml`

    2 errors
    `cargo migrate explain <rule>` says more
    exit code 1
    > check --config db/other.toml
    error[missing-directory]: the directory `migrations` does not exist
     |
     = help: create it by `cargo migrate init`, or name another one: `dir = ".."` in `migrate.toml`, beside `Cargo.toml`

    1 error
    `cargo migrate explain <rule>` says more
    exit code 1
    > check --config db/other.toml --dir db/history
    4 revisions for sqlite, postgres: nothing found
    > check --dir db/history --database sqlite,postgres
    4 revisions for sqlite, postgres: nothing found
    > check --config none.toml
    error: there is no file `none.toml`
      help: `--config` names a file such as `migrate.toml`; without it, all is at its default
    exit code 2
    "#);
}

#[test]
fn check_colours_only_what_is_asked_for() {
    let files = damaged("revises: abc123def456\n-- labels", "revises: abc123def465\n-- labels");
    assert!(!run(&files, "check").contains('\u{1b}'));
    assert!(run(&files, "check --color always").contains('\u{1b}'));
}
