//! Poolers that lend a session of the server for a transaction only, such as `PgBouncer` in transaction mode.

use super::On;
use crate::{Database, Error, ErrorKind, Result};

impl On<'_> {
    /// Says that connections lead to a pooler which gives each transaction another session of the server: `PgBouncer` in
    /// transaction mode, Supavisor, RDS Proxy. Of PostgreSQL; of other databases nothing changes.
    ///
    /// The lock is then of each step's transaction, so that runners do their steps by turns, and what is set for a
    /// script ends with its transaction. A step outside a transaction (`transaction:false`) needs a session, and is
    /// refused with [`ErrorKind::Unsupported`] before any step is done, unless there is a
    /// [`direct_url`](Self::direct_url).
    ///
    /// sqlx asks for `extra_float_digits` when it connects, which `PgBouncer` refuses unless it is told to ignore it:
    /// `ignore_startup_parameters = extra_float_digits` there, or `.extra_float_digits(None)` in the connect options.
    pub fn pooled(mut self) -> Self {
        self.options.pooled = true;
        self
    }

    /// Where the server is reached past its pooler. What there is to do is done there, in a session of its own with a
    /// lock for all of the work; whether there is anything to do is asked through the pool, as always.
    ///
    /// ```no_run
    /// # #[cfg(feature = "postgres")]
    /// # async fn run(graph: &migrate_runtime::Graph, pool: &migrate_runtime::sqlx::PgPool) -> migrate_runtime::Result<()> {
    /// graph.on(pool).pooled().direct_url("postgres://app:secret@db.internal:5432/app").upgrade("head").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A URL of another kind of database than the pool's is refused, with [`ErrorKind::WrongDatabase`], when it comes to
    /// work.
    pub fn direct_url(mut self, url: impl Into<String>) -> Self {
        self.direct_url = Some(url.into());
        self
    }

    /// Turns to where the work is done.
    pub(super) fn pass_the_pooler(&mut self) -> Result<()> {
        let dialect = self.door.dialect();
        let can = dialect.capabilities();
        self.options.pooled &= can.session_lock && can.transaction_lock;
        let Some(url) = self.direct_url.take() else { return Ok(()) };
        let direct = Database::at(&url)?;
        if direct.dialect() != dialect {
            let message =
                format!("`direct_url` names a database of {}, beside one of {dialect}", direct.dialect());
            return Err(Error::new(ErrorKind::WrongDatabase, message)
                .with_hint("it is the same database as that of the pool, without the pooler before it"));
        }
        self.door = direct.door();
        self.options.pooled = false;
        Ok(())
    }
}
