//! What the sessions of all databases do alike on sqlx.

use futures_core::future::BoxFuture;
use migrate_core::Dialect;
use sqlx::{Connection, Database, Pool, pool::PoolConnection};

use super::Access;
use crate::session::{Class, Failure, Place, Sent, Session};

/// A database of sqlx that has a room here.
///
/// It is implemented per database on concrete types: sqlx's executor traits, used generically, need bounds that make
/// futures impossible to spawn.
pub trait Supported: Database {
    /// The dialect.
    const DIALECT: Dialect;

    /// Sends `text` and collects what became of it.
    fn run<'a>(connection: &'a mut Self::Connection, text: &'a str, rows: Rows) -> BoxFuture<'a, Sent>;

    /// What an error of the driver means.
    fn failure(error: sqlx::Error) -> Failure;

    /// What a URL names, for people: neither user nor password.
    fn place(options: &<Self::Connection as Connection>::Options) -> String;

    /// How another program connects with these options; `None` where there is no server.
    fn access(options: &<Self::Connection as Connection>::Options) -> Option<Access>;

    /// Whether the connections of this pool must stay in it, because the database ends with the last of them.
    fn ends_with_its_connections(pool: &Pool<Self>) -> bool;
}

/// Whether rows are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Every value as text.
    Keep,
    /// Only their number.
    Drop,
}

/// A connection of sqlx, and whose it is.
pub(crate) enum Held<'c, DB: Supported> {
    /// Taken out of the pool: it is closed at the end.
    Own(DB::Connection),
    /// Of the pool, and goes back.
    Pooled(Kept<DB>),
    /// The caller's.
    Lent(&'c mut DB::Connection),
}

/// A connection that goes back into its pool as it was, even where the run that works on it is dropped.
pub(crate) struct Kept<DB: Supported> {
    /// `None` when it is on its way back.
    connection: Option<PoolConnection<DB>>,
    /// What is to be sent before; `None` where nothing was changed, or all was given back.
    give_back: Option<String>,
}

impl<DB: Supported> Kept<DB> {
    pub(crate) fn new(connection: PoolConnection<DB>) -> Self {
        Self { connection: Some(connection), give_back: None }
    }
}

impl<DB: Supported> Drop for Kept<DB> {
    fn drop(&mut self) {
        let (Some(mut connection), Some(give_back)) = (self.connection.take(), self.give_back.take()) else {
            return;
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                // Without an open transaction this fails, and there is nothing to do.
                DB::run(&mut connection, "ROLLBACK", Rows::Drop).await;
                DB::run(&mut connection, &give_back, Rows::Drop).await;
            });
        }
    }
}

impl<DB: Supported> Held<'_, DB> {
    fn run<'a>(&'a mut self, text: &'a str, rows: Rows) -> BoxFuture<'a, Sent> {
        match self {
            Self::Own(connection) => DB::run(connection, text, rows),
            Self::Lent(connection) => DB::run(connection, text, rows),
            Self::Pooled(Kept { connection: Some(connection), .. }) => DB::run(connection, text, rows),
            Self::Pooled(Kept { connection: None, .. }) => Box::pin(async { Sent::default() }),
        }
    }
}

impl<DB: Supported> Session for Held<'_, DB> {
    fn send<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        self.run(text, Rows::Drop)
    }

    fn query<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        self.run(text, Rows::Keep)
    }

    fn is_own(&self) -> bool {
        matches!(self, Self::Own(_))
    }

    fn remember(&mut self, give_back: &str) {
        if let Self::Pooled(kept) = self {
            kept.give_back = Some(give_back.to_owned());
        }
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(async move {
            match *self {
                // The work is done, or has failed for a better reason than a failed farewell.
                Self::Own(connection) => drop(connection.close().await),
                Self::Pooled(mut kept) => kept.give_back = None,
                Self::Lent(_) => {}
            }
        })
    }
}

/// The failure of what is no error of the database itself.
pub(crate) fn failure_of_driver(error: sqlx::Error) -> Failure {
    let class = match &error {
        sqlx::Error::PoolTimedOut => Class::PoolExhausted,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Configuration(_) => Class::Connection,
        _ => Class::Other,
    };
    Failure {
        class,
        message: error.to_string(),
        code: None,
        detail: None,
        place: Place::Unknown,
        source: Some(Box::new(error)),
    }
}

/// `Supported::run` and `Supported::failure` for a database, given how a cell becomes text and an error a failure.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
macro_rules! run {
    ($cell:path, $failure:path) => {
        fn failure(error: sqlx::Error) -> $crate::session::Failure {
            $failure(error)
        }

        fn run<'a>(
            connection: &'a mut Self::Connection,
            text: &'a str,
            keep: $crate::database::driver::Rows,
        ) -> futures_core::future::BoxFuture<'a, $crate::session::Sent> {
            use futures_util::TryStreamExt as _;
            use sqlx::{Either, Executor as _, Row as _};

            Box::pin(async move {
                let mut sent = $crate::session::Sent::default();
                let mut rows = Vec::new();
                let mut answers = connection.fetch_many(sqlx::raw_sql(sqlx::AssertSqlSafe(text)));
                loop {
                    match answers.try_next().await {
                        Ok(Some(Either::Left(result))) => {
                            let outcome = $crate::session::Outcome {
                                rows: std::mem::take(&mut rows),
                                affected: result.rows_affected(),
                            };
                            sent.outcomes.push(outcome);
                        }
                        Ok(Some(Either::Right(row))) => {
                            if keep == $crate::database::driver::Rows::Keep {
                                rows.push((0..row.len()).map(|index| $cell(&row, index)).collect());
                            }
                        }
                        Ok(None) => break,
                        Err(error) => {
                            sent.failure = Some($failure(error));
                            break;
                        }
                    }
                }
                sent
            })
        }
    };
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(crate) use run;
