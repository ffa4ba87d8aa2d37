//! What the sessions of all databases do alike on sqlx.

use futures_core::future::BoxFuture;
use migrate_core::Dialect;
use sqlx::{Connection, Database, Pool, pool::PoolConnection};

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
    Pooled(PoolConnection<DB>),
    /// The caller's.
    Lent(&'c mut DB::Connection),
}

impl<DB: Supported> Held<'_, DB> {
    fn connection(&mut self) -> &mut DB::Connection {
        match self {
            Self::Own(connection) => connection,
            Self::Pooled(connection) => connection,
            Self::Lent(connection) => connection,
        }
    }
}

impl<DB: Supported> Session for Held<'_, DB> {
    fn send<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        DB::run(self.connection(), text, Rows::Drop)
    }

    fn query<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        DB::run(self.connection(), text, Rows::Keep)
    }

    fn is_own(&self) -> bool {
        matches!(self, Self::Own(_))
    }

    fn is_in_transaction(&self) -> bool {
        match self {
            Self::Own(_) | Self::Pooled(_) => false,
            Self::Lent(connection) => connection.is_in_transaction(),
        }
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(async move {
            if let Self::Own(connection) = *self {
                // The work is done, or has failed for a better reason than a failed farewell.
                let _ = connection.close().await;
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

pub(crate) use run;
