//! Where the URL of the database comes from.

use crate::books::{FILES, adopt, at};

#[test]
fn the_command_line_wins_then_the_configuration_then_the_variable() {
    let files = format!(
        "{FILES}== migrate.toml ==\ndatabases = ['sqlite']\nurl = 'env:OURS'\n== other.toml ==\nurl = 'sqlite:app.db'\n\
         == .env ==\nOURS=sqlite:app.db\nDATABASE_URL=sqlite:nosuch.db\n== empty.toml ==\n"
    );
    let commands = "cargo migrate adopt --dry-run | head -n 1
        OURS=sqlite:of_the_environment.db cargo migrate adopt --dry-run
        OURS= cargo migrate adopt --dry-run
        cargo migrate adopt --dry-run --config other.toml | head -n 1
        cargo migrate adopt --dry-run --config empty.toml
        DATABASE_URL=sqlite:app.db cargo migrate adopt --dry-run --config empty.toml | head -n 1
        cargo migrate adopt --dry-run -D tasks.db";
    insta::assert_snapshot!(adopt(&files, &at(1), commands), @"
    $ cargo migrate adopt --dry-run | head -n 1
    golang-migrate: `schema_migrations` in `app.db`
    $ OURS=sqlite:of_the_environment.db cargo migrate adopt --dry-run
    error: `of_the_environment.db`: cannot read the bookkeeping tables: unable to open database file
      help: check the URL: user, password, host and database; a file of SQLite has to be there, or is made by `sqlite:app.db?mode=rwc`
    exit code 1
    $ OURS= cargo migrate adopt --dry-run
    error: `url` in migrate.toml names the variable `OURS`, which is not set
      help: set it, in the environment or in `.env`, or give the URL by `--database-url`: `OURS=postgres://..`
    exit code 2
    $ cargo migrate adopt --dry-run --config other.toml | head -n 1
    golang-migrate: `schema_migrations` in `app.db`
    $ cargo migrate adopt --dry-run --config empty.toml
    error: `nosuch.db`: cannot read the bookkeeping tables: unable to open database file
      help: check the URL: user, password, host and database; a file of SQLite has to be there, or is made by `sqlite:app.db?mode=rwc`
    exit code 1
    $ DATABASE_URL=sqlite:app.db cargo migrate adopt --dry-run --config empty.toml | head -n 1
    golang-migrate: `schema_migrations` in `app.db`
    $ cargo migrate adopt --dry-run -D tasks.db
    error: the URL of the database names no kind of database
      help: it begins with `sqlite:`, `postgres:`, `mysql:` or `mariadb:`; a file of SQLite is `sqlite:tasks.db`
    exit code 1
    ");
}

#[test]
fn without_a_url_it_is_said_where_to_put_one() {
    insta::assert_snapshot!(adopt(FILES, &at(1), "DATABASE_URL= cargo migrate adopt"), @"
    $ DATABASE_URL= cargo migrate adopt
    error: no database is named
      help: give its URL by `-D`, by `url` in migrate.toml, or by the variable `DATABASE_URL`
    exit code 2
    ");
}
