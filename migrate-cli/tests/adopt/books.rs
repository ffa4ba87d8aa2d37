//! A package, and a database in it with the table of a tool.

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, raw_sql};

use crate::terminal::Terminal;

/// Runs commands, one a line, in a folder of these files beside the SQLite database `app.db`, which `books` made.
pub(crate) fn adopt(files: &str, books: &str, commands: &str) -> String {
    let terminal = Terminal::new(files);
    run(&terminal, books);
    terminal.run(commands)
}

/// Runs SQL on `app.db` in the folder.
pub(crate) fn run(terminal: &Terminal, sql: &str) {
    let url = format!("sqlite://{}/app.db?mode=rwc", terminal.folder().display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// Three migrations in the layout of golang-migrate.
pub(crate) const FILES: &str = "
== Cargo.toml ==
[package]
name = 'service'
== migrations/000001_create_tasks.up.sql ==
CREATE TABLE tasks (id INTEGER PRIMARY KEY);
== migrations/000001_create_tasks.down.sql ==
DROP TABLE tasks;
== migrations/000002_add_owner.up.sql ==
ALTER TABLE tasks ADD COLUMN owner TEXT;
== migrations/000002_add_owner.down.sql ==
ALTER TABLE tasks DROP COLUMN owner;
== migrations/000003_add_due_date.up.sql ==
ALTER TABLE tasks ADD COLUMN due_on TEXT;
== migrations/000003_add_due_date.down.sql ==
ALTER TABLE tasks DROP COLUMN due_on;
";

/// The table of golang-migrate, at this version.
pub(crate) fn at(version: u32) -> String {
    format!(
        "CREATE TABLE schema_migrations (version uint64, dirty bool); \
         INSERT INTO schema_migrations VALUES ({version}, false)"
    )
}

/// The table of sqlx, with these versions: each with what it says of success, and a checksum.
pub(crate) fn of_sqlx(rows: &[(u32, bool, &str)]) -> String {
    let mut sql = "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, \
                   installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, \
                   checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);"
        .to_owned();
    for (version, success, checksum) in rows {
        sql += &format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES ({version}, '', {success}, x'{checksum}', 0);"
        );
    }
    sql
}
