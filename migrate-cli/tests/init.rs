//! `cargo migrate init`: what it makes, and what it leaves alone.

#[path = "support/terminal.rs"]
mod terminal;
#[path = "../../migrate-analysis/tests/support/text.rs"]
mod text;

use terminal::Terminal;

const PACKAGE: &str = "
== Cargo.toml ==
[package]
name = \"service\"
== src/main.rs ==
fn main() {}
";

#[test]
fn an_empty_package_gets_all_and_the_second_run_nothing() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate init
        cd src && cargo migrate init --database sqlite,postgres
        cat migrate.toml build.rs migrations/migrate.lock
        cargo migrate check
        cargo migrate init
        cargo migrate init --database mysql
        cargo migrate init --dir db"), @r#"
    $ cargo migrate init
    error: no database is named
      help: say which: `cargo migrate init --database postgres`, or `sqlite`, `mysql`, or several: `sqlite,postgres`
    exit code 2
    $ cd src && cargo migrate init --database sqlite,postgres
    made      migrations
    made      migrate.toml
    made      migrations/migrate.lock
    made      build.rs

    next:
      1. cargo add migrate-runtime --features sqlite,postgres    (or with --path, to a clone)
      2. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      3. cargo migrate revision -m "create tasks"    (the first migration)
    $ cat migrate.toml build.rs migrations/migrate.lock
    # What `embed_migrations!` and `cargo migrate` go by.

    # The databases that the migrations are for: "sqlite", "postgres", "mysql" (MariaDB as well).
    databases = ["sqlite", "postgres"]
    fn main() {
        println!("cargo::rerun-if-changed=migrations");
    }
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite, postgres
    head
    $ cargo migrate check
    warning[empty-directory]: the directory `migrations` has no migration
     |
     = help: nothing will be applied until there is one

    0 revisions for sqlite, postgres: 1 warning
    `cargo migrate explain <rule>` says more
    $ cargo migrate init
    is there  migrations
    is there  migrate.toml
    is there  migrations/migrate.lock
    is there  build.rs

    next:
      1. cargo add migrate-runtime --features sqlite,postgres    (or with --path, to a clone)
      2. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      3. cargo migrate revision -m "create tasks"    (the first migration)
    $ cargo migrate init --database mysql
    error: `migrate.toml` says `databases = ["sqlite", "postgres"]` already
      help: change it there, or leave out `--database`
    exit code 2
    $ cargo migrate init --dir db
    made      db
    made      migrate.toml, what it lacked
    made      db/migrate.lock
    is there  build.rs

    next:
      1. add to `main` in build.rs, so that Cargo sees new files: println!("cargo::rerun-if-changed=db");
      2. cargo add migrate-runtime --features sqlite,postgres    (or with --path, to a clone)
      3. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      4. cargo migrate revision -m "create tasks"    (the first migration)
    "#);
}

#[test]
fn what_is_there_is_left_alone() {
    let files = format!(
        "{PACKAGE}== build.rs ==\nfn main() {{}}\n== migrate.toml ==\n# ours\nnamespace = \"a\" # why\n\n[rules]\nset = 1\n"
    );
    let terminal = Terminal::new(&files);
    insta::assert_snapshot!(terminal.run("cargo migrate init --database mysql --dir ./db/../db/history/
        cat migrate.toml build.rs
        ls db/history
        cargo migrate check"), @r#"
    $ cargo migrate init --database mysql --dir ./db/../db/history/
    made      db/history
    made      migrate.toml, what it lacked
    made      db/history/migrate.lock
    is there  build.rs

    next:
      1. add to `main` in build.rs, so that Cargo sees new files: println!("cargo::rerun-if-changed=db/history");
      2. cargo add migrate-runtime --features mysql    (or with --path, to a clone)
      3. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      4. cargo migrate revision -m "create tasks"    (the first migration)
    $ cat migrate.toml build.rs
    # ours
    namespace = "a" # why
    databases = ["mysql"]
    dir = "db/history"

    [rules]
    set = 1
    fn main() {}
    $ ls db/history
    migrate.lock
    $ cargo migrate check
    warning[empty-directory]: the directory `db/history` has no migration
     |
     = help: nothing will be applied until there is one

    0 revisions for mysql: 1 warning
    `cargo migrate explain <rule>` says more
    "#);
}

#[test]
fn a_directory_with_revisions_is_listed() {
    let files =
        format!("{PACKAGE}[dependencies]\n== migrations/1.sql ==\n-- create tasks\n-- revision: a1\n");
    let terminal = Terminal::new(&files);
    insta::assert_snapshot!(terminal.run("cargo migrate init --database sqlite
        cat migrations/migrate.lock"), @"
    $ cargo migrate init --database sqlite
    is there  migrations
    made      migrate.toml
    made      migrations/migrate.lock
    made      build.rs

    next:
      1. cargo add migrate-runtime --features sqlite    (or with --path, to a clone)
      2. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      3. cargo migrate check    (1 revision there)
    $ cat migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite
    head a1
    a1 <  draft
    ");
}

#[test]
fn the_directory_of_another_tool_is_recognised_and_goes_on() {
    let files = format!(
        "{PACKAGE}== migrations/20240101090000_create_tasks.up.sql ==\nCREATE TABLE tasks (id INTEGER);\n== migrations/20240101090000_create_tasks.down.sql ==\nDROP TABLE tasks;\n"
    );
    let terminal = Terminal::new(&files);
    insta::assert_snapshot!(terminal.run("cargo migrate init --database sqlite
        cat migrate.toml
        cargo migrate revision -m 'add owner' --id 0123456789ab
        grep revises migrations/*owner.sql
        sed -i '/migrate:up/a ALTER TABLE tasks ADD COLUMN owner TEXT;' migrations/*owner.sql
        sed -i '/migrate:down/a ALTER TABLE tasks DROP COLUMN owner;' migrations/*owner.sql
        cargo migrate check
        cargo migrate init"), @r#"
    $ cargo migrate init --database sqlite
    is there  migrations
    made      migrate.toml
    made      migrations/migrate.lock
    made      build.rs

    next:
      1. cargo add migrate-runtime --features sqlite    (or with --path, to a clone)
      2. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      3. cargo migrate check    (1 revision of sqlx there)
      4. cargo migrate adopt -D <url>    (each database that sqlx has migrated)
    $ cat migrate.toml
    # What `embed_migrations!` and `cargo migrate` go by.

    # The databases that the migrations are for: "sqlite", "postgres", "mysql" (MariaDB as well).
    databases = ["sqlite"]

    # Whose rules the files without a header follow.
    layout = "sqlx"
    $ cargo migrate revision -m 'add owner' --id 0123456789ab
    migrations/<date>_add_owner.sql
    $ grep revises migrations/*owner.sql
    -- revises: <date>
    $ sed -i '/migrate:up/a ALTER TABLE tasks ADD COLUMN owner TEXT;' migrations/*owner.sql
    $ sed -i '/migrate:down/a ALTER TABLE tasks DROP COLUMN owner;' migrations/*owner.sql
    $ cargo migrate check
    2 revisions (sqlx) for sqlite: nothing found
    $ cargo migrate init
    is there  migrations
    is there  migrate.toml
    is there  migrations/migrate.lock
    is there  build.rs

    next:
      1. cargo add migrate-runtime --features sqlite    (or with --path, to a clone)
      2. in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
      3. cargo migrate check    (2 revisions of sqlx there)
      4. cargo migrate adopt -D <url>    (each database that sqlx has migrated)
    "#);
}

#[test]
fn outside_of_a_package_a_directory_has_to_be_named() {
    let terminal = Terminal::new("== deep/ ==\n");
    insta::assert_snapshot!(terminal.run("cargo migrate init --database sqlite
        cargo migrate init --database sqlite --dir ../elsewhere
        cargo migrate init --database sqlite --dir history
        cat migrate.toml
        cargo migrate check
        cd deep && printf '[workspace]' > Cargo.toml && cargo migrate init --database sqlite"), @r#"
    $ cargo migrate init --database sqlite
    error: there is no package here: neither this folder nor one above it has a `Cargo.toml`
      help: go to the package that uses the database, or name a directory: `--dir migrations`
    exit code 2
    $ cargo migrate init --database sqlite --dir ../elsewhere
    error: `../elsewhere` is no directory within `<folder>`
      help: name one that goes with the package wherever it is built, such as `migrations`
    exit code 2
    $ cargo migrate init --database sqlite --dir history
    made      history
    made      migrate.toml
    made      history/migrate.lock

    next:
      1. there is no package here: `cargo migrate` works, and a package can embed the directory
      2. cargo migrate revision -m "create tasks"    (the first migration)
    $ cat migrate.toml
    # What `embed_migrations!` and `cargo migrate` go by.

    # The databases that the migrations are for: "sqlite", "postgres", "mysql" (MariaDB as well).
    databases = ["sqlite"]

    # Where they are.
    dir = "history"
    $ cargo migrate check
    warning[empty-directory]: the directory `history` has no migration
     |
     = help: nothing will be applied until there is one

    0 revisions for sqlite: 1 warning
    `cargo migrate explain <rule>` says more
    $ cd deep && printf '[workspace]' > Cargo.toml && cargo migrate init --database sqlite
    error: the `Cargo.toml` here is that of a workspace, and of no package
      help: go to the package that uses the database, or name a directory: `--dir migrations`
    exit code 2
    "#);
}

#[test]
fn a_broken_configuration_is_shown() {
    let terminal = Terminal::new(&format!("{PACKAGE}== migrate.toml ==\ndatabases = [\"oracle\"]\n"));
    insta::assert_snapshot!(terminal.run("cargo migrate init --database sqlite"), @r#"
    $ cargo migrate init --database sqlite
    error[invalid-configuration]: `databases` cannot be `oracle`
     --> migrate.toml:1:14
      |
    1 | databases = ["oracle"]
      |              ^^^^^^^^
      |
      = help: write one of `sqlite`, `postgres`, `mysql`

    nothing is made before these errors are mended
    exit code 1
    "#);
}
