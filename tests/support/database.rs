//! Pools and connections of the three databases, which most tests need not tell apart.

use migrate_runtime::{Dialect, Graph, On};
use sqlx::{
    AssertSqlSafe, MySqlConnection, MySqlPool, PgConnection, PgPool, Row as _, SqliteConnection, SqlitePool,
    mysql::MySqlPoolOptions, postgres::PgPoolOptions, raw_sql, sqlite::SqlitePoolOptions,
};

/// A pool of whichever database.
#[derive(Clone)]
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
    Mysql(MySqlPool),
}

/// A connection of whichever database.
pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
    Mysql(MySqlConnection),
}

/// What each row of an answer says: its values as text, with `|` between them.
type Lines = Result<Vec<String>, sqlx::Error>;

macro_rules! lines {
    ($executor:expr, $text:expr) => {
        raw_sql(AssertSqlSafe($text)).fetch_all($executor).await.map(|rows| {
            let value = |row: &_, index| value(row, index);
            rows.iter()
                .map(|row| (0..row.len()).map(|index| value(row, index)).collect::<Vec<_>>().join("|"))
                .collect()
        })
    };
}

fn value<R>(row: &R, index: usize) -> String
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    Option<String>: for<'r> sqlx::Decode<'r, R::Database>,
{
    let value: Option<String> = row.try_get_unchecked(index).expect("a text");
    value.unwrap_or_else(|| "NULL".to_owned())
}

impl Pool {
    /// A pool that connects when it is first used.
    #[track_caller]
    pub(crate) fn to(dialect: Dialect, url: &str, connections: u32) -> Self {
        match dialect {
            Dialect::Sqlite => {
                SqlitePoolOptions::new().max_connections(connections).connect_lazy(url).map(Self::Sqlite)
            }
            Dialect::Postgres => {
                PgPoolOptions::new().max_connections(connections).connect_lazy(url).map(Self::Postgres)
            }
            Dialect::Mysql => {
                MySqlPoolOptions::new().max_connections(connections).connect_lazy(url).map(Self::Mysql)
            }
        }
        .expect("a URL")
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
            Self::Mysql(_) => Dialect::Mysql,
        }
    }

    pub(crate) fn on<'c>(&self, graph: &'c Graph) -> On<'c> {
        match self {
            Self::Sqlite(pool) => graph.on(pool),
            Self::Postgres(pool) => graph.on(pool),
            Self::Mysql(pool) => graph.on(pool),
        }
    }

    /// Runs a text on some connection.
    pub(crate) async fn ask(&self, text: &str) -> Lines {
        match self {
            Self::Sqlite(pool) => lines!(pool, text),
            Self::Postgres(pool) => lines!(pool, text),
            Self::Mysql(pool) => lines!(pool, text),
        }
    }

    /// The same, where it is sure to work.
    pub(crate) async fn rows(&self, text: &str) -> Vec<String> {
        self.ask(text).await.unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Keeps a connection of the pool until the other end is dropped.
    pub(crate) async fn hold(&self, until: tokio::sync::oneshot::Receiver<()>) {
        macro_rules! hold {
            ($pool:expr) => {{
                let _held = $pool.acquire().await.expect("a connection");
                drop(until.await);
            }};
        }
        match self {
            Self::Sqlite(pool) => hold!(pool),
            Self::Postgres(pool) => hold!(pool),
            Self::Mysql(pool) => hold!(pool),
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
            Self::Mysql(pool) => pool.close().await,
        }
    }
}

impl Connection {
    pub(crate) fn on<'c>(&'c mut self, graph: &'c Graph) -> On<'c> {
        match self {
            Self::Sqlite(connection) => graph.on(connection),
            Self::Postgres(connection) => graph.on(connection),
            Self::Mysql(connection) => graph.on(connection),
        }
    }

    /// Runs a text.
    pub(crate) async fn ask(&mut self, text: &str) -> Lines {
        match self {
            Self::Sqlite(connection) => lines!(connection, text),
            Self::Postgres(connection) => lines!(connection, text),
            Self::Mysql(connection) => lines!(connection, text),
        }
    }

    /// The same, where it is sure to work.
    pub(crate) async fn rows(&mut self, text: &str) -> Vec<String> {
        self.ask(text).await.unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}
