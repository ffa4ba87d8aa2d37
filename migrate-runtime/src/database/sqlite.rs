//! SQLite: the whole file is the lock, and schema changes share transactions.

use std::path::{Path, PathBuf};

use futures_core::future::BoxFuture;
use migrate_core::{Dialect, Schema};
use sqlx::{
    Pool, Row as _,
    sqlite::{SqliteConnectOptions, SqliteRow},
};

use super::{
    Access, Archive, Catalog, Doors, Opened, Question, Room, address, archive, driver, literals, question,
    quoted,
};
use crate::{
    Error, Result,
    connectable::Door,
    journal::Names,
    session::{Class, Failure, Place, Session},
    settings::Options,
};

/// The room of SQLite.
pub(crate) struct Sqlite;

impl driver::Supported for sqlx::Sqlite {
    const DIALECT: Dialect = Dialect::Sqlite;

    driver::run!(cell, failure);

    fn place(options: &SqliteConnectOptions) -> String {
        format!("`{}`", options.get_filename().display())
    }

    fn access(_: &SqliteConnectOptions) -> Option<Access> {
        None
    }

    fn ends_with_its_connections(pool: &Pool<Self>) -> bool {
        let options = pool.connect_options();
        let name = options.get_filename().as_os_str();
        // sqlx has no getter for it, and its URL of a name with a colon is one that it cannot parse itself.
        let in_memory = format!("{options:?}").contains("in_memory: true");
        in_memory || name.is_empty() || name == ":memory:"
    }
}

fn cell(row: &SqliteRow, index: usize) -> Option<String> {
    row.try_get_unchecked(index).ok().flatten()
}

fn failure(error: sqlx::Error) -> Failure {
    let sqlx::Error::Database(database) = &error else {
        return driver::failure_of_driver(error);
    };
    let code = database.code().map(std::borrow::Cow::into_owned);
    let message = database.message().to_owned();
    // The low byte of an extended result code is the primary one: https://www.sqlite.org/rescode.html
    let primary = code.as_deref().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff);
    let class = match primary {
        Some(5 | 6) => Class::Busy,
        Some(8) => Class::ReadOnly,
        Some(13) => Class::DiskFull,
        Some(14) => Class::Connection,
        Some(19) if code.as_deref() == Some("787") => Class::ForeignKey,
        Some(19) => Class::Constraint,
        Some(1) if message.starts_with("no such table") => Class::UnknownTable,
        Some(1) if message.starts_with("no such column") => Class::UnknownColumn,
        Some(1) if message.contains("syntax error") || message == "incomplete input" => Class::Syntax,
        Some(1) if message.contains("within a transaction") => Class::InTransaction,
        _ => Class::Other,
    };
    Failure { class, message, code, detail: None, place: Place::Unknown, source: Some(Box::new(error)) }
}

/// What SQLite keeps are the statements themselves; those of automatic indexes are null. Shadow tables belong to their
/// virtual one.
const STATEMENTS: &str = "SELECT s.sql FROM sqlite_schema s WHERE s.sql IS NOT NULL \
     AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM pragma_table_list l \
     WHERE l.schema = 'main' AND l.name = s.name AND l.type = 'shadow') ORDER BY CASE s.type \
     WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END, s.rowid";

impl Room for Sqlite {
    fn catalog<'a>(&'a self, door: &'a mut dyn Door) -> BoxFuture<'a, Result<Catalog, Failure>> {
        Box::pin(async {
            let rows = door.ask(STATEMENTS).await.rows()?;
            let statements = rows.into_iter().flatten().flatten().collect();
            Ok(Catalog { schema: Schema::new(Dialect::Sqlite), statements })
        })
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn identifier(&self, name: &str) -> String {
        quoted(name, '"')
    }

    fn literal(&self, text: &str) -> String {
        quoted(text, '\'')
    }

    fn as_text(&self, expression: &str) -> String {
        format!("CAST({expression} AS TEXT)")
    }

    fn as_hex(&self, expression: &str) -> String {
        format!("lower(hex({expression}))")
    }

    fn now(&self) -> &'static str {
        "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    }

    fn create_tables(&self, names: &Names) -> Vec<String> {
        vec![
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 namespace TEXT NOT NULL PRIMARY KEY, format INTEGER NOT NULL, generation INTEGER NOT NULL, \
                 running_revision TEXT, running_direction TEXT, running_statement INTEGER, \
                 running_script TEXT, running_image TEXT, running_by TEXT, running_session TEXT, \
                 running_since TEXT)",
                names.state
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 namespace TEXT NOT NULL, revision TEXT NOT NULL, fingerprint TEXT NOT NULL, \
                 parents TEXT NOT NULL, depends_on TEXT NOT NULL, is_head INTEGER NOT NULL, down TEXT NOT NULL, \
                 applied_at TEXT NOT NULL, PRIMARY KEY (namespace, revision))",
                names.version
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, revision TEXT NOT NULL, \
                 direction TEXT NOT NULL, outcome TEXT NOT NULL, fingerprint TEXT NOT NULL, \
                 generation INTEGER NOT NULL, statements_done INTEGER NOT NULL, statements INTEGER NOT NULL, \
                 elapsed_ms INTEGER NOT NULL, runner TEXT NOT NULL, error TEXT, recorded_at TEXT NOT NULL)",
                names.history
            ),
        ]
    }

    fn insert_state(&self, table: &str, columns: &str, values: &str) -> String {
        format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})")
    }

    fn address(&self, url: &str) -> Result<(Doors, String), sqlx::Error> {
        address::address::<sqlx::Sqlite>(url)
    }

    fn foreign_columns(&self, _: Option<&str>, tables: &[&str]) -> [String; 2] {
        let columns = format!(
            "SELECT 'main', m.name, c.name, CAST(c.type LIKE '%BLOB%' AS TEXT) \
             FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name IN ({}) ORDER BY m.name, c.cid",
            literals(self, tables)
        );
        ["SELECT 'main'".to_owned(), columns]
    }

    fn archive(&self) -> &'static dyn Archive {
        &archive::Sqlite
    }

    fn question(&self, question: Question<'_>) -> Option<String> {
        question::sqlite(question)
    }

    fn ask_for_transaction(&self) -> &'static str {
        "BEGIN; COMMIT"
    }

    fn open<'a>(
        &'a self,
        session: &'a mut dyn Session,
        options: &'a Options,
    ) -> BoxFuture<'a, Result<Opened>> {
        Box::pin(async move {
            let names = Names::new(self, &options.settings, None);
            let text = format!(
                "PRAGMA foreign_keys; \
                 SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name IN ({}); \
                 SELECT file FROM pragma_database_list WHERE name = 'main'",
                names.listed(self)
            );
            let answer = session.query(&text).await.complete();
            let answer = answer.map_err(|failure| Error::of_failure("cannot read the database", failure))?;
            let mut answer = answer.into_iter().map(|outcome| outcome.rows.into_iter().flatten().flatten());
            let foreign_keys = answer.next().and_then(|mut values| values.next()).as_deref() == Some("1");
            // In a transaction this would be a no-op, and a table that is rebuilt would take its children's rows along.
            let off = "PRAGMA foreign_keys = OFF";
            let on = || "PRAGMA foreign_keys = ON".to_owned();
            if foreign_keys {
                session.send(off).await.complete().map_err(|failure| Error::of_failure(off, failure))?;
            }
            let columns = answer.next().map(Iterator::collect).unwrap_or_default();
            let file = answer.next().and_then(|mut file| file.next()).filter(|file| !file.is_empty());
            let stem = file.as_deref().and_then(|file| Path::new(file).file_stem());
            Ok(Opened {
                columns,
                place: stem.map_or("memory".into(), |stem| stem.to_string_lossy().into_owned()),
                fence: file.map(|file| PathBuf::from(file + "-migrate")),
                restore: vec![off.to_owned()],
                outside: foreign_keys.then(on).into_iter().collect(),
                give_back: foreign_keys.then(on).into_iter().collect(),
                violations: foreign_keys.then_some("PRAGMA foreign_key_check"),
                ..Opened::default()
            })
        })
    }

    fn try_lock<'a>(&'a self, _: &'a mut dyn Session, _: &'a str) -> BoxFuture<'a, Result<bool, Failure>> {
        Box::pin(async { Ok(true) })
    }

    fn holder(&self, _: &str) -> Option<String> {
        None
    }

    fn unlock(&self, _: &str) -> Option<String> {
        None
    }

    fn digest(&self, expression: &str) -> String {
        format!("nullif({}, '')", self.as_hex(expression))
    }

    fn joined(&self, texts: &[String]) -> String {
        texts.join(" || ")
    }

    fn session(&self) -> &'static str {
        "NULL"
    }

    fn at_work(&self, _: &str, _: bool) -> Option<String> {
        None
    }

    fn begin(&self) -> &'static str {
        "BEGIN IMMEDIATE"
    }

    fn before_script(&self, _: &Options, _: Option<&str>) -> Vec<String> {
        Vec::new()
    }

    fn asserted(&self, _: &str) -> Option<String> {
        None
    }
}
