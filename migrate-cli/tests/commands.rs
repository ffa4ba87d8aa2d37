//! The program as people run it: a package, a command line, and what comes out.

#[path = "../../migrate-analysis/tests/support/text.rs"]
mod text;

use std::{fmt::Write as _, path::Path, process::Command};

const PACKAGE: &str = r#"
== Cargo.toml ==
[package]
name = "service"
== migrate.toml ==
databases = ["sqlite", "postgres"]
== migrations/20251110_1230_create_tasks.sql ==
-- create tasks
--
-- revision: abc123def456
-- created: 2025-11-10 12:30:00 UTC

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down irreversible: it is the beginning
== migrations/20251111_0900_add_priority.sql ==
-- add priority
--
-- revision: def456abc789
-- revises: abc123def456
-- labels: planning

-- migrate:up
ALTER TABLE tasks ADD COLUMN priority INTEGER;
CREATE INDEX idx_tasks_priority ON tasks (priority);

-- migrate:down
DROP INDEX idx_tasks_priority;
ALTER TABLE tasks DROP COLUMN priority;
== migrations/20251111_0900_add_priority.postgres.sql ==
-- migrate:up transaction:false
ALTER TABLE tasks ADD COLUMN priority INTEGER;
CREATE INDEX CONCURRENTLY idx_tasks_priority ON tasks (priority);
== migrations/20251112_1000_add_owner.sql ==
-- add owner
--
-- revision: 0123456789ab
-- revises: abc123def456
-- depends-on: planning

-- migrate:up
ALTER TABLE tasks ADD COLUMN owner TEXT;

-- migrate:down
ALTER TABLE tasks DROP COLUMN owner;
== migrations/20251113_1100_merge.sql ==
-- merge priority and owner
--
-- revision: 987654321fed
-- revises: def456abc789, 0123456789ab
== src/deep/empty/ ==
"#;

/// Runs the commands, one a line, in a package of these files.
fn run(files: &str, commands: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (head, content) in text::split(files) {
        text::write(folder.path(), head, &content);
    }
    let mut shown = String::new();
    for command in commands.lines() {
        run_one(folder.path(), command, &mut shown);
    }
    shown.replace(&*folder.path().to_string_lossy(), "<package>")
}

fn run_one(package: &Path, command: &str, shown: &mut String) {
    let (folder, arguments) = match command.split_once("$ ") {
        Some((folder, arguments)) => (package.join(folder), arguments),
        None => (package.to_owned(), command),
    };
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-migrate"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    let _ = writeln!(shown, "> {command}");
    shown.push_str(&String::from_utf8_lossy(&output.stdout));
    shown.push_str(&String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        let _ = writeln!(shown, "exit code {}", output.status.code().unwrap());
    }
}

/// The package with one of its texts replaced.
fn damaged(from: &str, to: &str) -> String {
    assert!(PACKAGE.contains(from), "{from}");
    PACKAGE.replace(from, to)
}

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
     = help: create it, or name another one: `dir = ".."` in `migrate.toml`, beside `Cargo.toml`

    2 errors
    exit code 1
    > check --config db/other.toml
    error[missing-directory]: the directory `migrations` does not exist
     |
     = help: create it, or name another one: `dir = ".."` in `migrate.toml`, beside `Cargo.toml`

    1 error
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

#[test]
fn history_lists_the_revisions_newest_first() {
    let commands = "history\nhistory planning:\nhistory :0123456789ab\nhistory nothing:\nhistory 0123456789ab:def456abc789";
    insta::assert_snapshot!(run(PACKAGE, commands), @"
    > history
    987654321fed < def456abc789, 0123456789ab  (head, merge)  merge priority and owner
    0123456789ab < abc123def456  add owner
    def456abc789 < abc123def456  (planning)  add priority
    abc123def456 <  (base)  create tasks
    > history planning:
    987654321fed < def456abc789, 0123456789ab  (head, merge)  merge priority and owner
    def456abc789 < abc123def456  (planning)  add priority
    > history :0123456789ab
    0123456789ab < abc123def456  add owner
    def456abc789 < abc123def456  (planning)  add priority
    abc123def456 <  (base)  create tasks
    > history nothing:
    error: there is no revision and no label `nothing`
      help: `history` lists the revisions and their labels
    exit code 2
    > history 0123456789ab:def456abc789
    error: `0123456789ab:def456abc789` is the wrong way round: `0123456789ab` rests on `def456abc789`
      help: write `def456abc789:0123456789ab`
    exit code 2
    ");
}

#[test]
fn history_shows_all_of_a_revision() {
    insta::assert_snapshot!(run(PACKAGE, "history --verbose"), @"
    > history --verbose
    987654321fed (head, merge)
        message     merge priority and owner
        revises     def456abc789, 0123456789ab
        sqlite      up nothing; down nothing
                    v1:398db684ccf3f6971be274269f613f076ec5c70796340e94f1380a65d069c9a5
        postgres    up nothing; down nothing
                    v1:b3ab815447958d1c10fa602f5fc6db988716b13c98a36bb0e8c293720e781cc7

    0123456789ab
        message     add owner
        revises     abc123def456
        depends on  def456abc789
        sqlite      up 20251112_1000_add_owner.sql (1 statement); down 20251112_1000_add_owner.sql (1 statement)
                    v1:29c068af3b063324aa3c88fa13f445e86d2b804c72a09ab378beeaa5cf554179
        postgres    up 20251112_1000_add_owner.sql (1 statement); down 20251112_1000_add_owner.sql (1 statement)
                    v1:b245a4e53170e87111e984a8ee5463524c0c7b1d9cd172e8169a732c185557ac

    def456abc789 (planning)
        message     add priority
        revises     abc123def456
        sqlite      up 20251111_0900_add_priority.sql (2 statements); down 20251111_0900_add_priority.sql (2 statements)
                    v1:966871b8f403a92e761160986a350b86364a94d15e4bc4877dfbaea84278e497
        postgres    up 20251111_0900_add_priority.postgres.sql (2 statements, in no transaction); down 20251111_0900_add_priority.sql (2 statements)
                    v1:1f6c100cb4d7120c623f02d08ce8a0afa26f1728e3947a208b9e97a1d099a942

    abc123def456 (base)
        message     create tasks
        created     2025-11-10 12:30:00 UTC
        sqlite      up 20251110_1230_create_tasks.sql (1 statement); down irreversible: it is the beginning
                    v1:b5a846b1d77f212ba27b1d19d249f0eee3b7dc124512863a4cc34da03de9b19f
        postgres    up 20251110_1230_create_tasks.sql (1 statement); down irreversible: it is the beginning
                    v1:b5a846b1d77f212ba27b1d19d249f0eee3b7dc124512863a4cc34da03de9b19f
    ");
}

#[test]
fn history_of_a_refused_directory_shows_why() {
    let files = damaged("revision: 0123456789ab", "revision: def456abc789");
    insta::assert_snapshot!(run(&files, "history"), @"
    > history
    error[duplicate-revision]: two revisions have the id `def456abc789`
     --> migrations/20251112_1000_add_owner.sql:3:14
      |
    3 | -- revision: def456abc789
      |              ^^^^^^^^^^^^ again here
      |
     ::: migrations/20251111_0900_add_priority.sql:3:14
      |
    3 | -- revision: def456abc789
      |              ------------ first here
      |
      = help: give one of them another id, and its name to what revises it

    there is no history to list before these errors are mended
    exit code 1
    ");
}

#[test]
fn a_command_that_means_nothing_has_an_exit_code_of_its_own() {
    insta::assert_snapshot!(run(PACKAGE, "chekc\ncheck --database oracle\nhistory a:b:c"), @"
    > chekc
    error: unrecognized subcommand 'chekc'

      tip: a similar subcommand exists: 'check'

    Usage: cargo migrate [OPTIONS] <COMMAND>

    For more information, try '--help'.
    exit code 2
    > check --database oracle
    error: invalid value 'oracle' for '--database <NAME>': a database is one of `sqlite`, `postgres`, `mysql`

    For more information, try '--help'.
    exit code 2
    > history a:b:c
    error: invalid value 'a:b:c' for '[RANGE]': `a:b:c` is no target: it has two `:`
      help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`

    For more information, try '--help'.
    exit code 2
    ");
}
