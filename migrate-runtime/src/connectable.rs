//! What a caller may hand over: a pool, or a connection.

use futures_core::future::BoxFuture;
use migrate_core::Dialect;
use sqlx::{Connection as _, Pool};

use crate::{
    database::{
        Access, Database,
        driver::{Held, Kept, Rows, Supported, failure_of_driver},
    },
    session::{Class, Failure, Sent, Session},
};

mod sealed {
    use super::Door;

    pub trait Sealed<'c> {
        fn door(self) -> Box<dyn Door + 'c>;
    }
}

/// Something that migrations can be run on: `&Pool<DB>`, `&mut DB::Connection` or `&mut PoolConnection<DB>` of a
/// database whose feature is on, or a [`&Database`](Database).
///
/// A pool is cloned, so that the future that runs the migrations can be spawned. A connection is borrowed and given
/// back as it was; it must not be inside a transaction. Where the future is dropped before it is done, close the
/// connection: it may be inside a transaction of ours. No lock of a borrowed connection outlives a step: on PostgreSQL
/// runners do their steps by turns, on MySQL one of two that meet gets
/// [`ErrorKind::ClaimLost`](crate::ErrorKind::ClaimLost). A step outside a transaction that was interrupted is finished
/// by the next run when the session that began it is gone. Prefer the pool.
pub trait Connectable<'c>: sealed::Sealed<'c> {}

impl<'c, T: sealed::Sealed<'c>> Connectable<'c> for T {}

/// The way to a database: one question on any connection, or a session of our own.
pub trait Door: Send {
    fn dialect(&self) -> Dialect;

    /// Whether it is a connection of the caller.
    fn is_lent(&self) -> bool;

    /// How another program reaches the database; `None` where there is no server, or where that is not known.
    fn access(&self) -> Option<Access>;

    /// Whether that has a transaction open, as far as the driver knows.
    fn is_in_transaction(&self) -> bool;

    /// Asks one question.
    fn ask<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent>;

    /// Opens a session to work in.
    fn session<'a>(&'a mut self) -> BoxFuture<'a, Result<Box<dyn Session + 'a>, Failure>>;
}

struct PoolDoor<DB: Supported>(Pool<DB>);

impl<DB: Supported> PoolDoor<DB> {
    fn failure(&self, error: sqlx::Error) -> Failure {
        let exhausted = self.0.size() >= self.0.options().get_max_connections() && self.0.num_idle() == 0;
        match error {
            sqlx::Error::PoolTimedOut => {
                let timeout = self.0.options().get_acquire_timeout();
                let mut failure = failure_of_driver(sqlx::Error::PoolTimedOut);
                if exhausted {
                    let max = self.0.options().get_max_connections();
                    failure.message =
                        format!("all {max} connections of the pool were in use for {timeout:?}");
                } else {
                    failure.class = Class::Connection;
                    failure.message = format!("no connection could be made within {timeout:?}");
                }
                failure
            }
            error => DB::failure(error),
        }
    }
}

impl<DB: Supported> Door for PoolDoor<DB> {
    fn dialect(&self) -> Dialect {
        DB::DIALECT
    }

    fn is_lent(&self) -> bool {
        false
    }

    fn access(&self) -> Option<Access> {
        DB::access(&self.0.connect_options())
    }

    fn is_in_transaction(&self) -> bool {
        false
    }

    fn ask<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        Box::pin(async move {
            // An idle connection may have died long ago. `acquire` would ping it, which costs a round trip; we find out
            // by the question itself.
            if let Some(mut connection) = self.0.try_acquire() {
                let sent = DB::run(&mut connection, text, Rows::Keep).await;
                match &sent.failure {
                    Some(failure) if failure.class == Class::Connection => connection.close_on_drop(),
                    _ => return sent,
                }
            }
            match self.0.acquire().await {
                Ok(mut connection) => DB::run(&mut connection, text, Rows::Keep).await,
                Err(error) => Sent { failure: Some(self.failure(error)), ..Sent::default() },
            }
        })
    }

    fn session<'a>(&'a mut self) -> BoxFuture<'a, Result<Box<dyn Session + 'a>, Failure>> {
        Box::pin(async move {
            // `acquire` and not `connect`: the pool's hooks may set the search path, and must have run.
            let held = match self.0.acquire().await {
                Ok(connection) if DB::ends_with_its_connections(&self.0) => {
                    Held::Pooled(Kept::new(connection))
                }
                Ok(connection) => Held::Own(connection.detach()),
                Err(error) => return Err(self.failure(error)),
            };
            Ok(Box::new(held) as Box<dyn Session>)
        })
    }
}

struct LentDoor<'c, DB: Supported>(&'c mut DB::Connection);

impl<DB: Supported> Door for LentDoor<'_, DB> {
    fn dialect(&self) -> Dialect {
        DB::DIALECT
    }

    fn is_lent(&self) -> bool {
        true
    }

    fn access(&self) -> Option<Access> {
        None
    }

    fn is_in_transaction(&self) -> bool {
        self.0.is_in_transaction()
    }

    fn ask<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        DB::run(self.0, text, Rows::Keep)
    }

    fn session<'a>(&'a mut self) -> BoxFuture<'a, Result<Box<dyn Session + 'a>, Failure>> {
        Box::pin(async move { Ok(Box::new(Held::<DB>::Lent(self.0)) as Box<dyn Session + 'a>) })
    }
}

impl<'c, DB: Supported> sealed::Sealed<'c> for &Pool<DB> {
    fn door(self) -> Box<dyn Door + 'c> {
        Box::new(PoolDoor(self.clone()))
    }
}

impl<'c> sealed::Sealed<'c> for &Database {
    fn door(self) -> Box<dyn Door + 'c> {
        Database::door(self)
    }
}

/// Connections, per database: a blanket implementation would overlap with that for pools.
macro_rules! lent {
    ($feature:literal, $database:ty, $connection:ty) => {
        #[cfg(feature = $feature)]
        impl<'c> sealed::Sealed<'c> for &'c mut $connection {
            fn door(self) -> Box<dyn Door + 'c> {
                Box::new(LentDoor::<$database>(self))
            }
        }

        #[cfg(feature = $feature)]
        impl<'c> sealed::Sealed<'c> for &'c mut sqlx::pool::PoolConnection<$database> {
            fn door(self) -> Box<dyn Door + 'c> {
                Box::new(LentDoor::<$database>(self))
            }
        }
    };
}

lent!("sqlite", sqlx::Sqlite, sqlx::SqliteConnection);
lent!("postgres", sqlx::Postgres, sqlx::PgConnection);
lent!("mysql", sqlx::MySql, sqlx::MySqlConnection);
