//! Where a test migrates: an empty database of its own.

use std::ops::Deref;

use migrate_runtime::Dialect;
use sqlx::{Connection as _, MySqlConnection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::{
    database::{Connection, Pool},
    server::{self, Database},
};

/// An empty database, and a pool with sqlx's default options on it.
pub(crate) struct Site {
    pool: Pool,
    url: String,
    /// Takes the database away when it is dropped: last.
    owner: Owner,
}

enum Owner {
    Folder(#[expect(dead_code, reason = "it keeps the folder")] TempDir),
    Server(Database),
}

impl Site {
    pub(crate) fn sqlite() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}/test.db?mode=rwc", folder.path().display());
        Some(Self::at(Dialect::Sqlite, url, Owner::Folder(folder)))
    }

    pub(crate) fn postgres() -> Option<Self> {
        let database = server::postgres()?;
        Some(Self::at(Dialect::Postgres, database.url().to_owned(), Owner::Server(database)))
    }

    /// A database of PostgreSQL behind a pooler that gives each transaction another session of the server.
    pub(crate) fn pgbouncer() -> Option<Self> {
        let database = server::postgres()?;
        let url = server::through_pooler(&database)?;
        Some(Self::at(Dialect::Postgres, url, Owner::Server(database)))
    }

    pub(crate) fn mysql() -> Option<Self> {
        let database = server::mysql()?;
        Some(Self::at(Dialect::Mysql, database.url().to_owned(), Owner::Server(database)))
    }

    /// On a server of the test's own.
    pub(crate) fn on_server(dialect: Dialect, url: &str) -> Self {
        let database = Database::at(url);
        Self::at(dialect, database.url().to_owned(), Owner::Server(database))
    }

    fn at(dialect: Dialect, url: String, owner: Owner) -> Self {
        Self { pool: Pool::to(dialect, &url, 10), url, owner }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The URL of the database on its server, where it is on one, without the pooler before it.
    pub(crate) fn direct_url(&self) -> Option<&str> {
        match &self.owner {
            Owner::Server(database) => Some(database.url()),
            Owner::Folder(_) => None,
        }
    }

    /// The URL with a password that the server does not accept.
    pub(crate) fn url_with_wrong_password(&self) -> String {
        match &self.owner {
            Owner::Server(database) => database.url_with_wrong_password(),
            Owner::Folder(_) => panic!("a file has no password"),
        }
    }

    /// Another pool on the same database, of at most this many connections.
    pub(crate) fn pool_of(&self, connections: u32) -> Pool {
        Pool::to(self.dialect(), &self.url, connections)
    }

    /// A connection that belongs to no pool.
    pub(crate) async fn connect(&self) -> Connection {
        let url = &self.url;
        match self.dialect() {
            Dialect::Sqlite => SqliteConnection::connect(url).await.map(Connection::Sqlite),
            Dialect::Postgres => PgConnection::connect(url).await.map(Connection::Postgres),
            Dialect::Mysql => MySqlConnection::connect(url).await.map(Connection::Mysql),
        }
        .expect("a connection")
    }
}

impl Deref for Site {
    type Target = Pool;

    fn deref(&self) -> &Pool {
        &self.pool
    }
}

/// Makes a test of each function on each of the databases, and skips it where there is no server. A test that hangs
/// fails.
///
/// ```ignore
/// on!([sqlite, postgres, mysql]: an_upgrade_is_applied_once);
///
/// async fn an_upgrade_is_applied_once(site: Site) { .. }
/// ```
macro_rules! on {
    ($databases:tt: $($test:ident),+ $(,)?) => { $( on! { @test $test $databases } )+ };
    (@test $test:ident [$($database:ident),+]) => {
        mod $test {
            $(
                #[tokio::test]
                async fn $database() {
                    let Some(site) = crate::site::Site::$database() else { return };
                    let test = super::$test(site);
                    tokio::time::timeout(crate::site::LONGEST, test).await.expect("the test ends in time");
                }
            )+
        }
    };
}

pub(crate) const LONGEST: std::time::Duration = std::time::Duration::from_secs(60);

pub(crate) use on;
