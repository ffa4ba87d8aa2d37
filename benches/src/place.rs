//! Databases to measure on: a new one each time, gone afterwards.

use std::{
    env,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result};
use migrate_core::Dialect;
use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection, PgConnection};
use tempfile::TempDir;
use url::Url;

use crate::runtime::block_on;

/// A database of its own.
pub(crate) struct Place {
    /// Which database it is.
    pub(crate) dialect: Dialect,
    /// Where it is, for sqlx and for whoever takes URLs.
    pub(crate) url: Url,
    _end: End,
}

/// What there is to do when a place is done with.
enum End {
    Folder(#[expect(dead_code, reason = "it goes when it is dropped")] TempDir),
    Database(Server, String),
    Nothing,
}

/// A server that the environment names.
#[derive(Clone)]
pub(crate) struct Server {
    dialect: Dialect,
    url: Url,
}

impl Server {
    /// The server of a database, where there is one to measure on.
    pub(crate) fn find(dialect: Dialect) -> Result<Option<Self>> {
        let Some(variable) = variable(dialect) else { return Ok(None) };
        let Ok(url) = env::var(variable) else { return Ok(None) };
        let url = Url::parse(&url).with_context(|| format!("`{variable}` holds no URL"))?;
        Ok(Some(Self { dialect, url }))
    }

    fn execute(&self, statement: String) -> Result<()> {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement));
        let url = self.url.as_str();
        block_on(async {
            if self.dialect == Dialect::Postgres {
                let mut connection = PgConnection::connect(url).await?;
                statement.execute(&mut connection).await?;
                connection.close().await?;
            } else {
                let mut connection = MySqlConnection::connect(url).await?;
                statement.execute(&mut connection).await?;
                connection.close().await?;
            }
            Ok(())
        })
    }

    /// What the server says that it is.
    pub(crate) fn version(&self) -> Result<String> {
        let url = self.url.as_str();
        block_on(async {
            if self.dialect == Dialect::Postgres {
                let mut connection = PgConnection::connect(url).await?;
                let version: String =
                    sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await?;
                Ok(format!("PostgreSQL {version}"))
            } else {
                let mut connection = MySqlConnection::connect(url).await?;
                let version: String =
                    sqlx::query_scalar("SELECT VERSION()").fetch_one(&mut connection).await?;
                Ok(format!("MariaDB {version}"))
            }
        })
    }
}

/// The environment variable that names the server of a database; `None` where it needs none.
pub(crate) fn variable(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Sqlite => None,
        Dialect::Postgres => Some("MIGRATE_TEST_POSTGRES"),
        Dialect::Mysql => Some("MIGRATE_TEST_MYSQL"),
    }
}

/// The name of a database for people.
pub(crate) fn title(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
        Dialect::Mysql => "MariaDB",
    }
}

impl Place {
    /// A new, empty database; `None` where there is no server for it.
    pub(crate) fn new(dialect: Dialect) -> Result<Option<Self>> {
        if dialect == Dialect::Sqlite {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join("database.sqlite");
            let url = Url::parse(&format!("sqlite://{}?mode=rwc", path.display()))?;
            return Ok(Some(Self { dialect, url, _end: End::Folder(folder) }));
        }
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let Some(server) = Server::find(dialect)? else { return Ok(None) };
        let name = format!("bench_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        server.execute(format!("CREATE DATABASE {name}"))?;
        let mut url = server.url.clone();
        url.set_path(&name);
        Ok(Some(Self { dialect, url, _end: End::Database(server, name) }))
    }

    /// The same database by another way to its server, which goes away with this one.
    pub(crate) fn by(&self, url: Url) -> Self {
        Self::at(self.dialect, url)
    }

    /// A database of somebody else's.
    pub(crate) fn at(dialect: Dialect, url: Url) -> Self {
        Self { dialect, url, _end: End::Nothing }
    }

    /// The file of a SQLite database.
    pub(crate) fn file(&self) -> PathBuf {
        Path::new(self.url.path()).to_owned()
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if let Self::Database(server, name) = self {
            let force = if server.dialect == Dialect::Postgres { " WITH (FORCE)" } else { "" };
            if let Err(error) = server.execute(format!("DROP DATABASE {name}{force}")) {
                eprintln!("the database `{name}` stays: {error:#}");
            }
        }
    }
}
