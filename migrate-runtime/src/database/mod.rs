//! One room per database: how its SQL is spelled, how a session is opened, locked and cleaned, what its errors mean.

use std::{path::PathBuf, time::Duration};

use futures_core::future::BoxFuture;
use migrate_core::{
    Dialect, Online,
    graph::{Probe, Script, StatementKind},
};

use crate::{
    Result,
    connectable::Door,
    journal::Names,
    session::{Class, Failure, Session},
    settings::Options,
};

mod access;
mod address;
mod archive;
mod catalog;
pub(crate) mod driver;
mod foreign;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod question;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(all(test, feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod tests;

pub(crate) use access::Access;
pub use address::Database;
use address::Doors;
pub(crate) use archive::{Archive, Job};
pub use catalog::Catalog;
pub use foreign::{ForeignTable, ForeignTables};
pub(crate) use question::Question;

/// What differs between databases. Each method answers in SQL text, or holds a short conversation.
pub(crate) trait Room: Send + Sync {
    /// The dialect of the scripts that it runs.
    fn dialect(&self) -> Dialect;

    /// A name, quoted.
    fn identifier(&self, name: &str) -> String;

    /// A string literal that means `text` under every setting of the session.
    fn literal(&self, text: &str) -> String;

    /// The expression as text.
    fn as_text(&self, expression: &str) -> String;

    /// The expression, of bytes, as digits of base 16 in lower case.
    fn as_hex(&self, expression: &str) -> String;

    /// The present moment, in the type of the tables' dates.
    fn now(&self) -> &'static str;

    /// Milliseconds since the step began.
    fn elapsed(&self, measured: Duration) -> String {
        measured.as_millis().to_string()
    }

    /// The bookkeeping tables, each created where it is not there.
    fn create_tables(&self, names: &Names) -> Vec<String>;

    /// `INSERT` of a row of the state, where it is not there.
    fn insert_state(&self, table: &str, columns: &str, values: &str) -> String;

    /// The ways to what a URL names, and its name for people: without user and password.
    fn address(&self, url: &str) -> Result<(Doors, String), sqlx::Error>;

    /// A query for the schema to look into, and one for schema, table, name and whether it holds bytes of each column of
    /// these tables, table by table.
    fn foreign_columns(&self, schema: Option<&str>, tables: &[&str]) -> [String; 2];

    /// What is in the database, by its own catalog.
    fn catalog<'a>(&'a self, door: &'a mut dyn Door) -> BoxFuture<'a, Result<Catalog, Failure>> {
        let _ = door;
        let reason = Failure::new(Class::Other, "the catalog of such databases is not read yet");
        Box::pin(std::future::ready(Err(reason)))
    }

    /// How it is backed up.
    fn archive(&self) -> &'static dyn Archive;

    /// The query that answers a question of a doctor; `None` where the database has no such thing.
    fn question(&self, question: Question<'_>) -> Option<String>;

    /// A text that answers `yes`, or fails with [`Class::InTransaction`](crate::session::Class::InTransaction), inside a
    /// transaction. Where it fails otherwise, nothing is known.
    fn ask_for_transaction(&self) -> &'static str;

    /// Learns what the session is like, and prepares it for work.
    fn open<'a>(
        &'a self,
        session: &'a mut dyn Session,
        options: &'a Options,
    ) -> BoxFuture<'a, Result<Opened>>;

    /// Tries to take the migration lock of an own session, without waiting longer than a moment. `true` where the
    /// database has none to take: there, each step's transaction locks.
    fn try_lock<'a>(
        &'a self,
        session: &'a mut dyn Session,
        key: &'a str,
    ) -> BoxFuture<'a, Result<bool, Failure>>;

    /// A query for who holds the migration lock, in three texts: who, since when, and what is run there now.
    fn holder(&self, key: &str) -> Option<String>;

    /// Queries for the sessions, likewise, that hold locks on what bears one of these names. The first one that the
    /// server understands and that finds anybody is right.
    fn blockers(&self, names: &[String]) -> Vec<String> {
        let _ = names;
        Vec::new()
    }

    /// Gives the migration lock back.
    fn unlock(&self, key: &str) -> Option<String>;

    /// A short text that stands for the value of an expression.
    fn digest(&self, expression: &str) -> String;

    /// These expressions, of texts, one after the other.
    fn joined(&self, texts: &[String]) -> String;

    /// An expression for one text: which session this is, among all that the server ever had; NULL where the database
    /// has no sessions that outlive their process.
    fn session(&self) -> &'static str;

    /// A query for one text: what that other session does, if it is at work still; or, where `resting` ones count too, if
    /// it is there at all.
    fn at_work(&self, session: &str, resting: bool) -> Option<String>;

    /// A statement that removes what an interrupted statement may leave of an object that cannot be used.
    fn remove_invalid(&self, probe: &Probe) -> Option<String> {
        let _ = probe;
        None
    }

    /// The statement that opens the transaction of a step that is sent in several texts.
    fn begin(&self) -> &'static str;

    /// Whether a step with its claim and its bookkeeping goes in one text, which is one transaction of itself.
    fn sends_a_step_whole(&self) -> bool {
        false
    }

    /// Statements before the script in its transaction. They take the lock that is named, where a transaction can.
    fn before_script(&self, options: &Options, key: Option<&str>) -> Vec<String>;

    /// Changes `update` (an `UPDATE` of one row) so that it fails by itself with [`Class::ClaimLost`] where it matches
    /// none; `None` where the number of rows is looked at instead.
    ///
    /// [`Class::ClaimLost`]: crate::session::Class::ClaimLost
    fn asserted(&self, update: &str) -> Option<String>;

    /// Whether a script may leave other settings behind than it found.
    fn may_change_session(&self, script: &Script<'_>) -> bool {
        changes_session_by_kind(script)
    }

    /// What to set before a statement outside a transaction, where the script has set nothing itself.
    fn before_statement(&self, kind: StatementKind, options: &Options) -> Option<String> {
        let _ = (kind, options);
        None
    }

    /// The statement of a schema change with how much it may cost; `None` where it is sent as it is.
    fn limited(&self, statement: &str, online: Online) -> Option<String> {
        let _ = (statement, online);
        None
    }

    /// A query for the names of the tables whose rows no transaction takes back, of those that these statements may speak
    /// of; `None` where every transaction takes back all that it did.
    fn kept(&self, texts: &[&str]) -> Option<String> {
        let _ = texts;
        None
    }

    /// An expression of type text: what the catalog says of an object now. It changes with the object and with nothing
    /// else; it is NULL where the object is not there, and [`INVALID`] where it is there and must not be used. `None`:
    /// the catalog does not tell.
    fn image(&self, probe: &Probe) -> Option<String> {
        let _ = probe;
        None
    }
}

/// The image of an index that is not finished.
pub(crate) const INVALID: &str = "invalid";

/// What a room found in a session that it opened.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    /// The schema of the bookkeeping tables, quoted, where the database has schemas.
    pub(crate) schema: Option<String>,
    /// What the lock is named after: database, schema.
    pub(crate) place: String,
    /// The bookkeeping tables' columns, as `table.column`, without the schema.
    pub(crate) columns: Vec<String>,
    /// Statements that give the session back the settings that a script may have changed.
    pub(crate) restore: Vec<String>,
    /// Statements before a step outside a transaction, which `restore` takes back.
    pub(crate) outside: Vec<String>,
    /// Statements that give a lent session back as it was.
    pub(crate) give_back: Vec<String>,
    /// A file to lock for a step outside a transaction, where sessions cannot hold a lock.
    pub(crate) fence: Option<PathBuf>,
    /// A query that returns a row for every violated foreign key, where a script is run with the keys unchecked.
    pub(crate) violations: Option<&'static str>,
}

/// The room of a database; `None` where its feature is off.
pub(crate) fn room(dialect: Dialect) -> Option<&'static dyn Room> {
    match dialect {
        #[cfg(feature = "sqlite")]
        Dialect::Sqlite => Some(&sqlite::Sqlite),
        #[cfg(not(feature = "sqlite"))]
        Dialect::Sqlite => None,
        #[cfg(feature = "postgres")]
        Dialect::Postgres => Some(&postgres::Postgres),
        #[cfg(not(feature = "postgres"))]
        Dialect::Postgres => None,
        #[cfg(feature = "mysql")]
        Dialect::Mysql => Some(&mysql::Mysql),
        #[cfg(not(feature = "mysql"))]
        Dialect::Mysql => None,
    }
}

/// Whether a statement sets something, or may do anything.
fn changes_session_by_kind(script: &Script<'_>) -> bool {
    let kinds = script.statements.iter().map(|statement| statement.kind);
    kinds.into_iter().any(|kind| matches!(kind, StatementKind::Session | StatementKind::Other))
}

/// Names and values, of rows of two cells.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn pairs(rows: Vec<Vec<Option<String>>>) -> Vec<(String, String)> {
    let pair = |row: Vec<Option<String>>| match <[Option<String>; 2]>::try_from(row) {
        Ok([Some(name), Some(value)]) => Some((name, value)),
        _ => None,
    };
    rows.into_iter().filter_map(pair).collect()
}

/// These texts as literals, with commas between them.
fn literals(room: &dyn Room, texts: &[&str]) -> String {
    texts.iter().map(|text| room.literal(text)).collect::<Vec<_>>().join(", ")
}

/// Database and server, for people.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn on_server(database: Option<&str>, host: &str, port: u16) -> String {
    format!("`{}` on {host}:{port}", database.unwrap_or_default())
}

/// `name` between quotes, which are doubled inside.
fn quoted(name: &str, quote: char) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push(quote);
    for c in name.chars() {
        if c == quote {
            text.push(quote);
        }
        text.push(c);
    }
    text.push(quote);
    text
}
