//! A database of its own for a test that needs a server.
//!
//! `cargo xtask test` starts the servers and names them in `MIGRATE_TEST_POSTGRES` and `MIGRATE_TEST_MYSQL`.
//! A test that finds none is skipped: it says so in the file that `MIGRATE_TEST_SKIPPED` names, or else on the
//! standard error, so that it is counted and not taken for a passed one:
//!
//! ```ignore
//! let Some(database) = server::postgres() else { return };
//! let pool = PgPool::connect(database.url()).await?;
//! ```
#![allow(dead_code, reason = "each test program uses its own part of this module")]

use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// An empty database that is dropped with this value, whoever is still connected to it.
pub(crate) struct Database {
    server: Server,
    name: String,
    url: String,
}

/// A new database on the PostgreSQL server, or `None` without a server: then the test should return.
pub(crate) fn postgres() -> Option<Database> {
    Some(Database::on(Server::find(Kind::Postgres)?))
}

/// The URL of a database, of [`postgres`], through the pooler before the server, or `None` without one: then the test
/// should return.
pub(crate) fn through_pooler(database: &Database) -> Option<String> {
    const VARIABLE: &str = "MIGRATE_TEST_PGBOUNCER";
    let Ok(pooler) = env::var(VARIABLE) else {
        skip(&format!("no pooler in `{VARIABLE}`; `cargo xtask test` starts one"));
        return None;
    };
    let (address, _) = pooler.rsplit_once('/').expect("the URL of a pooler ends in a database");
    Some(format!("{address}/{}", database.name))
}

/// A new database on the MariaDB server, or `None` without a server: then the test should return.
pub(crate) fn mysql() -> Option<Database> {
    Some(Database::on(Server::find(Kind::Mysql)?))
}

impl Database {
    /// A new database on the server that a URL names.
    pub(crate) fn at(url: &str) -> Self {
        let kind = if url.starts_with("postgres") { Kind::Postgres } else { Kind::Mysql };
        Self::on(Server { kind, url: url.to_owned() })
    }

    fn on(server: Server) -> Self {
        let name = fresh_name();
        server.execute(format!("CREATE DATABASE {name}")).expect("the server makes a database");
        let (address, _) = server.url.rsplit_once('/').expect("the URL of a server ends in a database");
        let url = format!("{address}/{name}");
        Self { server, name, url }
    }

    /// A copy of this database, while nobody is connected to it.
    pub(crate) fn copy(&self) -> Self {
        let name = fresh_name();
        let statement = format!("CREATE DATABASE {name} TEMPLATE {}", self.name);
        let server = Server { kind: self.server.kind, url: self.server.url.clone() };
        server.execute(statement).expect("the server copies a database");
        let (address, _) = server.url.rsplit_once('/').expect("the URL of a server ends in a database");
        let url = format!("{address}/{name}");
        Self { server, name, url }
    }

    /// The URL of this database, with user and password.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The same URL with a password that the server does not accept.
    pub(crate) fn url_with_wrong_password(&self) -> String {
        let (user, address) = self.url.rsplit_once('@').expect("the URL names a user");
        format!("{user}-wrong@{address}")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A panic here would hide the one that ended the test.
        if let Err(error) = self.server.execute(self.server.kind.drop_database(&self.name)) {
            let _ = writeln!(io::stderr(), "cannot drop the database `{}`: {error}", self.name);
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Postgres,
    Mysql,
}

impl Kind {
    fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "MIGRATE_TEST_POSTGRES",
            Self::Mysql => "MIGRATE_TEST_MYSQL",
        }
    }

    /// A statement that does not wait for sessions which a failed test has left behind.
    fn drop_database(self, name: &str) -> String {
        match self {
            Self::Postgres => format!("DROP DATABASE {name} WITH (FORCE)"),
            Self::Mysql => format!(
                "BEGIN NOT ATOMIC \
                   FOR session IN (SELECT id FROM information_schema.processlist WHERE db = '{name}') \
                   DO KILL session.id; END FOR; \
                   DROP DATABASE {name}; \
                 END"
            ),
        }
    }
}

struct Server {
    kind: Kind,
    url: String,
}

impl Server {
    fn find(kind: Kind) -> Option<Self> {
        match env::var(kind.variable()) {
            Ok(url) => Some(Self { kind, url }),
            Err(_) => {
                skip(&format!("no server in `{}`; `cargo xtask test` starts one", kind.variable()));
                None
            }
        }
    }

    /// Runs one statement on a connection and a thread of its own, so that tests with and without an
    /// asynchronous runtime can wait for it, and `drop` too.
    fn execute(&self, statement: String) -> Result<(), sqlx::Error> {
        let (kind, url) = (self.kind, self.url.clone());
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let statement = sqlx::raw_sql(AssertSqlSafe(statement));
                match kind {
                    Kind::Postgres => {
                        let mut connection = PgConnection::connect(&url).await?;
                        connection.execute(statement).await?;
                        connection.close().await
                    }
                    Kind::Mysql => {
                        let mut connection = MySqlConnection::connect(&url).await?;
                        connection.execute(statement).await?;
                        connection.close().await
                    }
                }
            })
        });
        thread.join().unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }
}

/// Unique on the server, even when a developer's server outlives many runs.
fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
    format!("test_{time:x}_{:x}_{:x}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Notes that the test is skipped, and why.
pub(crate) fn skip(why: &str) {
    // The harness runs each test on a thread that bears its name.
    let thread = thread::current();
    let test = thread.name().unwrap_or("unnamed");
    let line = format!("{}::{}::{test}: {why}\n", env!("CARGO_PKG_NAME"), env!("CARGO_CRATE_NAME"));
    match env::var_os("MIGRATE_TEST_SKIPPED") {
        Some(path) => File::options()
            .create(true)
            .append(true)
            .open(path)
            .and_then(|mut file| file.write_all(line.as_bytes()))
            .expect("the list of skipped tests can be written"),
        // Not `eprintln!`, whose text the harness shows for failed tests only.
        None => {
            let _ = write!(io::stderr(), "skipped: {line}");
        }
    }
}
