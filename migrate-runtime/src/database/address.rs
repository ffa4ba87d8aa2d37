use std::{fmt, str::FromStr, sync::Arc};

use futures_core::future::BoxFuture;
use migrate_core::Dialect;
use sqlx::{ConnectOptions as _, Connection};

use super::{
    Access, Room,
    driver::{Held, Rows, Supported},
    room,
};
use crate::{
    Error, ErrorKind, Result,
    connectable::Door,
    session::{Failure, Sent, Session},
};

/// A database that is named by a URL, and is known at run time only: what a program has that migrates any database,
/// such as the command line.
///
/// Its `Display` is for people: it names the file, or database and server, and neither user nor password.
///
/// ```
/// # #[cfg(feature = "postgres")] {
/// use migrate_runtime::{Database, Dialect};
///
/// let database = Database::at("postgres://me:secret@db.example:5432/tasks")?;
/// assert_eq!(database.dialect(), Dialect::Postgres);
/// assert_eq!(database.to_string(), "`tasks` on db.example:5432");
/// # }
/// # Ok::<(), migrate_runtime::Error>(())
/// ```
///
/// Nothing is opened until a verb is called, and each has a connection of its own. A service has a pool, and hands that
/// over.
#[derive(Clone)]
pub struct Database {
    pub(super) room: &'static dyn Room,
    doors: Doors,
    place: String,
}

impl Database {
    /// The database that a URL of sqlx names: `sqlite:tasks.db`, `postgres://..`, `mysql://..`.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] where the URL is none, or its database's feature is off.
    pub fn at(url: &str) -> Result<Self> {
        let refused =
            |message: String, hint| Err(Error::new(ErrorKind::Unsupported, message).with_hint(hint));
        let known = "the URL of a database begins with `sqlite:`, `postgres:`, `mysql:` or `mariadb:`";
        let Some((scheme, _)) = url.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '.', '@']))
        else {
            let hint = "it begins with `sqlite:`, `postgres:`, `mysql:` or `mariadb:`; a file of SQLite is `sqlite:tasks.db`";
            return refused("the URL of the database names no kind of database".to_owned(), hint);
        };
        let Ok(dialect) = scheme.parse::<Dialect>() else {
            return refused(format!("there are no databases of the kind `{scheme}`"), known);
        };
        let Some(room) = room(dialect) else {
            return refused(format!("the feature `{dialect}` is off"), "build the program with it");
        };
        // What the driver says of a URL may quote it, with the password.
        match room.address(url) {
            Ok((doors, place)) if dialect == Dialect::Sqlite || !is_torn(url) => {
                Ok(Self { room, doors, place })
            }
            Ok(_) | Err(_) => refused(
                format!("`{scheme}:..` is not the URL of a database"),
                "`mysql://user:password@host:3306/database` is one; other letters than those of names are written as `%40`",
            ),
        }
    }

    /// Which kind of database it is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.room.dialect()
    }

    pub(crate) fn door(&self) -> Box<dyn Door> {
        (self.doors)()
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({})", self.place)
    }
}

/// Whether user and password would be taken for names, and shown: there are no slashes before them, or a `/`, `?` or `#`
/// in the password ends the host.
fn is_torn(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return true };
    let (host, names) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    !host.contains('@') && names.rsplit_once('@').is_some_and(|(before, _)| !before.contains('='))
}

/// Makes a way to a database.
pub(crate) type Doors = Arc<dyn Fn() -> Box<dyn Door> + Send + Sync>;

type OptionsOf<DB> = <<DB as sqlx::Database>::Connection as Connection>::Options;

/// Connects when it is first asked, and keeps the connection for the session that follows.
struct AddressDoor<DB: Supported> {
    options: OptionsOf<DB>,
    idle: Option<DB::Connection>,
}

/// The ways to what a URL names, and its name for people.
pub(super) fn address<DB: Supported>(url: &str) -> Result<(Doors, String), sqlx::Error> {
    let options = OptionsOf::<DB>::from_str(url)?;
    let place = DB::place(&options);
    let door = move || Box::new(AddressDoor::<DB> { options: options.clone(), idle: None }) as Box<dyn Door>;
    Ok((Arc::new(door), place))
}

impl<DB: Supported> AddressDoor<DB> {
    async fn connection(&mut self) -> Result<DB::Connection, Failure> {
        match self.idle.take() {
            Some(connection) => Ok(connection),
            None => self.options.connect().await.map_err(DB::failure),
        }
    }
}

impl<DB: Supported> Door for AddressDoor<DB> {
    fn dialect(&self) -> Dialect {
        DB::DIALECT
    }

    fn is_lent(&self) -> bool {
        false
    }

    fn access(&self) -> Option<Access> {
        DB::access(&self.options)
    }

    fn is_in_transaction(&self) -> bool {
        false
    }

    fn ask<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        Box::pin(async move {
            match self.connection().await {
                Ok(mut connection) => {
                    let sent = DB::run(&mut connection, text, Rows::Keep).await;
                    self.idle = Some(connection);
                    sent
                }
                Err(failure) => Sent { failure: Some(failure), ..Sent::default() },
            }
        })
    }

    fn session<'a>(&'a mut self) -> BoxFuture<'a, Result<Box<dyn Session + 'a>, Failure>> {
        Box::pin(async move {
            let connection = self.connection().await?;
            Ok(Box::new(Held::<DB>::Own(connection)) as Box<dyn Session>)
        })
    }
}
