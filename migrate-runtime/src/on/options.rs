//! The options of a run.

use std::time::Duration;

use migrate_core::Online;

use super::On;
use crate::{Backup, Event, Transaction, cancel::Cancel};
#[cfg(doc)]
use crate::{ErrorKind, Graph, Report};

/// A timeout of 0 is none to PostgreSQL, and it counts in milliseconds.
const SHORTEST: Duration = Duration::from_millis(1);
/// The longest time that all databases and clocks can count: 24 days are the milliseconds of 31 bits.
const FOR_EVER: Duration = Duration::from_secs(24 * 24 * 60 * 60);

impl On<'_> {
    /// How long to wait for another runner that holds the migration lock: five minutes by default. Then the run fails
    /// with [`ErrorKind::Locked`], and names the holder.
    pub fn lock_wait(mut self, longest: Duration) -> Self {
        self.options.lock_wait = longest.min(FOR_EVER);
        self
    }

    /// How long a statement may wait for a lock on a table: five seconds by default. Behind a statement that waits,
    /// every query on the table waits too. A step that did not get its lock has changed nothing, and is tried
    /// [again](Self::lock_retries); then the run fails with [`ErrorKind::LockTimeout`], and names who is in the way.
    /// Whole seconds on MySQL and MariaDB; not on SQLite, where `lock_wait` counts.
    pub fn lock_timeout(mut self, longest: Duration) -> Self {
        self.options.lock_timeout = longest.clamp(SHORTEST, FOR_EVER);
        self
    }

    /// How often a step that did not get a lock on a table in time is tried again: four times by default, with pauses
    /// that grow up to the [`lock_timeout`](Self::lock_timeout). An [`Event::Retrying`] tells of each.
    pub fn lock_retries(mut self, retries: usize) -> Self {
        self.options.lock_retries = retries;
        self
    }

    /// Takes no migration lock, for databases whose users may not (some hosted ones forbid advisory locks).
    ///
    /// Still nothing is applied twice: of two runners at once one works, and the other fails with
    /// [`ErrorKind::ClaimLost`] instead of waiting. A step outside a transaction is waited for as long as the session
    /// that began it is there. Nothing changes on SQLite, where each transaction locks the file.
    pub fn without_lock(mut self) -> Self {
        self.options.lock = false;
        self
    }

    /// How long a statement may run: for ever by default, since a long statement that is killed near its end costs more
    /// than it saves. Steps outside a transaction are not bounded on PostgreSQL, where a build that is cut off leaves an
    /// invalid index behind. Not on SQLite; on MySQL it bounds `SELECT` only.
    pub fn statement_timeout(mut self, longest: Duration) -> Self {
        self.options.statement_timeout = Some(longest.clamp(SHORTEST, FOR_EVER));
        self
    }

    /// The schema (PostgreSQL) or database (MySQL) to work in, for a tenant for example. On PostgreSQL the search path
    /// is this schema and `public`. It has to exist.
    pub fn schema(mut self, schema: impl Into<String>) -> Self {
        self.options.settings.schema = Some(schema.into().into());
        self
    }

    /// Whose graph it is, where several services share one database.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.options.settings.namespace = namespace.into().into();
        self
    }

    /// What one transaction holds: one step, or all pending ones.
    pub fn transaction(mut self, transaction: Transaction) -> Self {
        self.options.settings.transaction = transaction;
        self
    }

    /// Makes a backup before the first step of a run that has any, and tells its file in [`Event::BackedUp`] and
    /// [`Report::backup`].
    ///
    /// It is made under the migration lock, read back before anything is changed, and readable by its owner alone. A run
    /// that fails afterwards names the command that restores it. What others write between the backup and the end of the
    /// run is not in it. With [`schema`](Self::schema) it is of that schema; else of the whole database.
    ///
    /// The programs that make it (see [`Backup`]) connect as the pool does; its options tell them the password. A
    /// borrowed connection tells nothing of the kind, so that there the run fails with [`ErrorKind::Unsupported`]; on
    /// SQLite, which copies itself, it does not.
    ///
    /// ```no_run
    /// # async fn run(graph: &migrate_runtime::Graph, pool: &migrate_runtime::sqlx::SqlitePool) -> migrate_runtime::Result<()> {
    /// let report = graph.on(pool).backup("backups").upgrade("head").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn backup(mut self, backup: impl Into<Backup>) -> Self {
        self.options.backup = Some(backup.into());
        self
    }

    /// Lets a downgrade take back revisions that this graph does not know, by the scripts that the database keeps of
    /// them: for a service that goes back to an older version, while the newer one is not at hand. `head` is then the
    /// head of this graph, and `-1` takes back the newest revision of the database.
    ///
    /// ```no_run
    /// # async fn run(graph: &migrate_runtime::Graph, pool: &migrate_runtime::sqlx::SqlitePool) -> migrate_runtime::Result<()> {
    /// graph.on(pool).with_stored_scripts().downgrade("head").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_stored_scripts(mut self) -> Self {
        self.options.stored_scripts = true;
        self
    }

    /// How much a schema change may cost a table that others work on, on MySQL and MariaDB. `ALTER TABLE` and `CREATE INDEX`
    /// are sent with `ALGORITHM` and `LOCK`, so that the server refuses what costs more instead of making
    /// writers wait in silence. What states one of these itself, changes partitions, or gives a table another name, is
    /// sent as it is.
    pub fn online(mut self, most: Online) -> Self {
        self.options.settings.online = Some(most);
        self
    }

    /// Hears of everything that happens.
    pub fn observer(mut self, observer: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.options.observer = Some(std::sync::Arc::new(observer));
        self
    }

    /// Ends the run when `signal` is done: Ctrl-C, or the SIGTERM of a supervisor.
    ///
    /// Where the run waits, for another runner or for a lock on a table, it ends at once. Else it ends behind the
    /// statement that is running, or, on PostgreSQL, where a step in a transaction goes to the server in one text, behind
    /// that step: what is begun is either finished or rolled back. A step outside a transaction ends between two
    /// statements, and the next run goes on with the next one. The lock is released, and the error is of the kind
    /// [`ErrorKind::Cancelled`].
    ///
    /// Unlike this, a future that is dropped leaves the server to finish, or to roll back, what it was sent.
    ///
    /// ```no_run
    /// # async fn run(graph: &migrate_runtime::Graph, pool: &migrate_runtime::sqlx::SqlitePool) -> migrate_runtime::Result<()> {
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let run = graph.on(pool).cancel_when(async { drop(stopped.await) }).upgrade("head");
    /// # drop(stop);
    /// # run.await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn cancel_when(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.options.cancel = Cancel::when(signal);
        self
    }

    /// How long to try to connect again where the connection is lost in the middle of an upgrade or a downgrade: thirty
    /// seconds by default, zero for not at all. A new session takes the lock, which the server gives it when the old one
    /// has ended, reads where the work stands, and goes on. Pools only.
    pub fn reconnect_wait(mut self, longest: Duration) -> Self {
        self.options.reconnect_wait = longest.min(FOR_EVER);
        self
    }

    /// How long a transaction may be open before [`doctor`](Graph::doctor) speaks of it: a minute by default.
    pub fn long_transaction(mut self, longest: Duration) -> Self {
        self.options.long_transaction = longest.min(FOR_EVER);
        self
    }
}
