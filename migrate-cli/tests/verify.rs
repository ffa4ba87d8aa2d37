//! A live database beside what its migrations make.

#[path = "support/terminal.rs"]
mod terminal;
#[path = "../../migrate-analysis/tests/support/text.rs"]
mod text;

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, raw_sql};
use terminal::Terminal;

const FILES: &str = "
== Cargo.toml ==
[package]
name = 'service'
== migrations/000001_create_tasks.up.sql ==
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL
);
CREATE INDEX tasks_title ON tasks (title);
== migrations/000001_create_tasks.down.sql ==
DROP TABLE tasks;
== migrations/000002_add_owner.up.sql ==
ALTER TABLE tasks ADD COLUMN owner TEXT DEFAULT 'nobody';
== migrations/000002_add_owner.down.sql ==
ALTER TABLE tasks DROP COLUMN owner;
";

/// Runs commands, one a line, beside the SQLite database `app.db`, which this SQL made.
fn verify(made: &str, commands: &str) -> String {
    let terminal = Terminal::new(FILES);
    let url = format!("sqlite://{}/app.db?mode=rwc", terminal.folder().display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        raw_sql(AssertSqlSafe(made)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
    terminal.run(commands)
}

const MADE: &str = "CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, owner TEXT DEFAULT 'nobody'); \
     CREATE INDEX tasks_title ON tasks (title); \
     CREATE TABLE schema_migrations (version uint64, dirty bool); INSERT INTO schema_migrations VALUES (2, false);";

#[test]
fn a_database_is_as_its_applied_migrations_make_it() {
    insta::assert_snapshot!(verify(
        MADE,
        "cargo migrate verify -D sqlite:app.db
        cargo migrate adopt -D sqlite:app.db > out
        cargo migrate verify -D sqlite:app.db
        cargo migrate verify -D sqlite:app.db --at 000001"
    ));
}

#[test]
fn what_was_changed_by_hand_is_shown_with_the_line_that_made_it() {
    let changed = "CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT, owner TEXT); CREATE TABLE strays (id INTEGER);";
    insta::assert_snapshot!(verify(
        changed,
        "cargo migrate verify -D sqlite:app.db --at head
        cargo migrate verify -D sqlite:app.db --at head --format json"
    ));
}
