mod pooler;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_core::future::BoxFuture;
use migrate_core::{
    Online,
    graph::{Direction, Range, Revision, Step, Target, TargetError},
};

use crate::{
    Backup, Connectable, Diagnosis, Error, ErrorKind, Event, Graph, HistoryEntry, Pending, PlannedStep,
    Report, Resolution, Restored, Result, Status, Transaction,
    backup::restore,
    boot::{Boot, boot, names, tell_ahead, wanted},
    cancel::{Cancel, cancelled},
    connectable::Door,
    database::{Job, Room, room},
    doctor::examine,
    executor::{Ground, Order, Pause, Progress, execute, target_error},
    journal::{Reading, everything},
    session::{Class, Failure, Sent},
    settings::Options,
    stored::with_stored,
};

/// A [`Graph`] on a database, with the options of one run.
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn run(graph: &migrate_runtime::Graph, pool: &migrate_runtime::sqlx::SqlitePool) -> migrate_runtime::Result<()> {
/// let report = graph
///     .on(pool)
///     .lock_wait(Duration::from_secs(60))
///     .observer(|event| println!("{event:?}"))
///     .upgrade("head")
///     .await?;
/// println!("{} steps", report.steps.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is done until a verb such as `upgrade` is called and awaited"]
pub struct On<'c> {
    graph: &'c Graph,
    door: Box<dyn Door + 'c>,
    direct_url: Option<String>,
    options: Options,
}

/// A timeout of 0 is none to PostgreSQL, and it counts in milliseconds.
const SHORTEST: Duration = Duration::from_millis(1);
/// The longest time that all databases and clocks can count: 24 days are the milliseconds of 31 bits.
const FOR_EVER: Duration = Duration::from_secs(24 * 24 * 60 * 60);

impl<'c> On<'c> {
    pub(crate) fn new<T: Connectable<'c>>(graph: &'c Graph, on: T) -> Self {
        Self::through(graph, on.door())
    }

    pub(crate) fn through(graph: &'c Graph, door: Box<dyn Door + 'c>) -> Self {
        Self { graph, door, direct_url: None, options: Options::new(graph.settings().clone()) }
    }

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

    /// See [`Graph::upgrade`].
    pub fn upgrade(self, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.run(target.parse().map(Order::Upgrade))
    }

    /// See [`Graph::downgrade`].
    pub fn downgrade(self, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.run(target.parse().map(Order::Downgrade))
    }

    /// See [`Graph::stamp`].
    pub fn stamp(self, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.run(target.parse().map(|target| Order::Stamp { target, purge: false }))
    }

    /// The same, forgetting first all that the database says is applied, revisions that this graph does not know
    /// included.
    pub fn stamp_purged(self, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.run(target.parse().map(|target| Order::Stamp { target, purge: true }))
    }

    /// Writes down that exactly these revisions are applied, in a database that another program has migrated so far.
    ///
    /// No script is run. Nothing is done where they are written down as applied already, whatever else is; that is what
    /// all but one of several runners find. The report says which revisions are new. Unlike [`stamp`](Graph::stamp) it
    /// overwrites nothing: where another state is written down it fails with [`ErrorKind::InUse`].
    pub fn adopt<I>(self, revisions: I) -> BoxFuture<'c, Result<Report>>
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.run(Ok(Order::Adopt(revisions.into_iter().map(Into::into).collect())))
    }

    /// See [`Graph::resolve`].
    pub fn resolve(
        self,
        revision: &str,
        statement: usize,
        resolution: Resolution,
    ) -> BoxFuture<'c, Result<Report>> {
        self.run(Ok(Order::Resolve { revision: revision.to_owned(), statement, resolution }))
    }

    /// How long to try to connect again where the connection is lost in the middle of an upgrade or a downgrade: thirty
    /// seconds by default, zero for not at all. A new session takes the lock, which the server gives it when the old one
    /// has ended, reads where the work stands, and goes on. Pools only.
    pub fn reconnect_wait(mut self, longest: Duration) -> Self {
        self.options.reconnect_wait = longest.min(FOR_EVER);
        self
    }

    /// See [`Graph::status`].
    pub fn status(self) -> BoxFuture<'c, Result<Status>> {
        Box::pin(self.read_status())
    }

    /// See [`Graph::current`].
    pub fn current(self) -> BoxFuture<'c, Result<Vec<String>>> {
        Box::pin(async { Ok(self.read_status().await?.current) })
    }

    /// How long a transaction may be open before [`doctor`](Graph::doctor) speaks of it: a minute by default.
    pub fn long_transaction(mut self, longest: Duration) -> Self {
        self.options.long_transaction = longest.min(FOR_EVER);
        self
    }

    /// Puts a backup that [`backup`](Self::backup) made in the place of what the database has now, under the migration
    /// lock.
    ///
    /// The backup is read to its end before anything is touched. What was written since it was made is lost, but for
    /// SQLite's file, which is kept under another name.
    ///
    /// - **SQLite**: the file is replaced at once. Nobody else may have it open; hand over a
    ///   [`Database`](crate::Database), which, other than a pool, has one connection.
    /// - **PostgreSQL** (`pg_restore`, `psql`): one transaction. Schemas that the backup does not know are left alone.
    /// - **MySQL, MariaDB** (`mariadb`, else `mysql`): everything in the database is dropped, and made anew. Schema
    ///   changes commit there: a restore that breaks off has to be done again.
    ///
    /// # Errors
    /// [`ErrorKind::Backup`] where the file is no whole backup or a program fails, [`ErrorKind::Locked`] where others are
    /// at work, [`ErrorKind::Unsupported`] on a borrowed connection.
    pub fn restore(mut self, file: &'c Path) -> BoxFuture<'c, Result<Restored>> {
        Box::pin(async move {
            let (room, _) = self.parts()?;
            if self.door.is_lent() {
                let message = "a borrowed connection cannot outlive what it is connected to";
                return Err(Error::new(ErrorKind::Unsupported, message).with_hint("hand over a `Database`"));
            }
            let access = self.door.access();
            file.metadata().map_err(|error| Error::of_file("read", file, &error))?;
            room.archive().verify(file, None).await?;
            let session = self.door.session().await;
            let session = session.map_err(|failure| Error::of_failure("cannot connect", failure))?;
            let schema = self.options.settings.schema.as_deref();
            let job = Job { file, access: access.as_ref(), schema, programs: None };
            restore(session, room, &self.options, job).await
        })
    }

    /// See [`Graph::doctor`].
    pub fn doctor(mut self) -> BoxFuture<'c, Result<Diagnosis>> {
        Box::pin(async move {
            let (room, graph) = self.enter().await?;
            let session = self.door.session().await;
            let session = session.map_err(|failure| Error::of_failure("cannot connect", failure))?;
            examine(session, room, graph, &self.options).await
        })
    }

    /// See [`Graph::plan`].
    pub fn plan(self, direction: Direction, target: &str) -> BoxFuture<'c, Result<Vec<PlannedStep>>> {
        Box::pin(self.read_plan(direction, target.parse()))
    }

    /// The revisions of a range, the newest first, with what the database says of them. Empty: all. `current` is allowed
    /// in the range: `current:head`.
    pub fn history(self, range: &str) -> BoxFuture<'c, Result<Vec<HistoryEntry>>> {
        Box::pin(self.read_history(range.parse()))
    }

    /// The room and the graph of the database; refuses what cannot be begun.
    async fn enter(&mut self) -> Result<(&'static dyn Room, &'c migrate_core::Graph)> {
        let (room, graph) = self.parts()?;
        if self.door.is_lent() {
            let known = self.door.is_in_transaction();
            let sent = if known { Sent::default() } else { self.door.ask(room.ask_for_transaction()).await };
            let refused = sent.failure.as_ref().is_some_and(|failure| failure.class == Class::InTransaction);
            let mut said = sent.outcomes.iter().flat_map(|outcome| &outcome.rows).flatten().flatten();
            if known || refused || said.any(|answer| answer == "yes") {
                return Err(Error::of_failure("cannot work on this connection", Failure::in_transaction()));
            }
        }
        Ok((room, graph))
    }

    fn parts(&self) -> Result<(&'static dyn Room, &'c migrate_core::Graph)> {
        self.options.settings.check()?;
        let dialect = self.door.dialect();
        let graph = self.graph.edition_for(dialect)?;
        if self.options.settings.schema.is_some() && !dialect.capabilities().schemas {
            return Err(Error::new(
                ErrorKind::Unsupported,
                format!("{dialect} has no schemas to choose from"),
            )
            .with_hint("open the database that is to be migrated, and leave `schema` away"));
        }
        let off = || Error::new(ErrorKind::WrongDatabase, format!("the feature `{dialect}` is off"));
        Ok((room(dialect).ok_or_else(off)?, graph))
    }

    fn run(self, order: Result<Order, TargetError>) -> BoxFuture<'c, Result<Report>> {
        Box::pin(async move {
            let cancel = self.options.cancel.clone();
            let run = cancel.or_pause(self.carry_out(order)).await;
            run.unwrap_or_else(|| Err(cancelled("cancelled while it waited for the database")))
        })
    }

    async fn carry_out(mut self, order: Result<Order, TargetError>) -> Result<Report> {
        let (room, graph) = self.enter().await?;
        let mut order = order.map_err(|error| target_error(&error))?;
        if let Order::Upgrade(target) = &order
            && let Some(wanted) = wanted(graph, target)
            && let Boot::Done { unknown } = boot(&mut *self.door, room, graph, &wanted, &self.options).await?
        {
            tell_ahead(&self.options, &unknown);
            return Ok(Report::nothing(room.dialect(), unknown));
        }
        self.pass_the_pooler()?;
        if let Some(backup) = &self.options.backup {
            self.options.access = self.door.access();
            room.archive().prepare(self.options.access.as_ref(), backup.programs.as_deref())?;
        }
        let extended;
        let mut graph = graph;
        if let Order::Downgrade(target) = &order
            && let Some(found) = with_stored(&mut *self.door, room, &self.options, graph, target).await?
        {
            extended = found;
            (graph, order) = (&extended.0, Order::Downgrade(extended.1.clone()));
        }
        self.work_on(room, graph, &order).await
    }

    /// Does the work; where the connection is lost in the middle of it, goes on in another session.
    async fn work_on(
        &mut self,
        room: &'static dyn Room,
        graph: &migrate_core::Graph,
        order: &Order,
    ) -> Result<Report> {
        let mut progress = Progress::new(room.dialect());
        let mut result = self.work(room, graph, order, &mut progress).await;
        let resumes = matches!(order, Order::Upgrade(_) | Order::Downgrade(_)) && !self.door.is_lent();
        let mut pause = Pause::default();
        let mut lost_at = Instant::now();
        let mut steps = 0;
        while let Err(error) = &result
            && resumes
            && progress.begun
            && matches!(error.kind(), ErrorKind::Connection | ErrorKind::PoolExhausted)
        {
            if progress.report.steps.len() > steps {
                // It has come further: this is another loss.
                (lost_at, steps, pause) = (Instant::now(), progress.report.steps.len(), Pause::default());
            }
            if lost_at.elapsed() >= self.options.reconnect_wait {
                break;
            }
            self.options.tell(&Event::Reconnecting { message: error.to_string() });
            pause.take().await;
            result = self.work(room, graph, order, &mut progress).await;
        }
        result.map(|()| progress.report)
    }

    /// Does the work, or what is left of it, in one session.
    async fn work(
        &mut self,
        room: &'static dyn Room,
        graph: &migrate_core::Graph,
        order: &Order,
        progress: &mut Progress,
    ) -> Result<()> {
        let session = self.door.session().await;
        let session = session.map_err(|failure| Error::of_failure("cannot connect", failure))?;
        execute(session, room, graph, &self.options, order, progress).await
    }

    /// Everything that the tables say; nothing, where there are none.
    async fn read(&mut self) -> Result<(&'static dyn Room, &'c migrate_core::Graph, Reading)> {
        let (room, graph) = self.enter().await?;
        let names = names(room, &self.options);
        let query = everything(room, &names, &self.options.settings.namespace);
        let reading = match self.door.ask(&query).await.rows() {
            Ok(rows) => Reading::parse(rows, &names)?,
            Err(failure) if failure.class == Class::UnknownTable => Reading::default(),
            Err(failure) => return Err(Error::of_failure("cannot read the bookkeeping tables", failure)),
        };
        Ok((room, graph, reading))
    }

    async fn read_status(mut self) -> Result<Status> {
        let (room, graph, reading) = self.read().await?;
        let ground = Ground::of(graph, &reading);
        let standing = ground.standing(graph, &reading);
        let mut current: Vec<String> = reading.heads().map(|row| row.revision.clone()).collect();
        current.sort_unstable();
        let pending = graph.revisions().filter(|revision| !ground.applied.contains(revision.index()));
        Ok(Status {
            database: room.dialect(),
            namespace: self.options.settings.namespace.clone().into_owned(),
            up_to_date: standing.lets_serve(graph.is_empty()),
            standing,
            current,
            heads: graph
                .revisions()
                .filter(|revision| revision.is_head())
                .map(|head| head.id().to_owned())
                .collect(),
            pending: pending
                .map(|revision| Pending {
                    revision: revision.id().to_owned(),
                    message: revision.message().to_owned(),
                })
                .collect(),
            unknown: ground.unknown,
        })
    }

    async fn read_plan(
        mut self,
        direction: Direction,
        target: Result<Target, TargetError>,
    ) -> Result<Vec<PlannedStep>> {
        let mut target = target.map_err(|error| target_error(&error))?;
        let (room, mut graph, reading) = self.read().await?;
        let extended;
        if direction == Direction::Down
            && let Some(found) = with_stored(&mut *self.door, room, &self.options, graph, &target).await?
        {
            extended = found;
            (graph, target) = (&extended.0, extended.1.clone());
        }
        let ground = Ground::of(graph, &reading);
        ground.refuse_trouble(graph, &reading)?;
        let plan = ground.plan(graph, direction, &target)?;
        ground.refuse_plan(graph, &reading, &plan)?;
        Ok(plan.steps.iter().map(|step| planned(graph, step)).collect())
    }

    async fn read_history(mut self, range: Result<Range, TargetError>) -> Result<Vec<HistoryEntry>> {
        let range = range.map_err(|error| target_error(&error))?;
        let (_, graph, reading) = self.read().await?;
        let ground = Ground::of(graph, &reading);
        let listed = graph.history(&range, Some(&ground.applied)).map_err(|error| target_error(&error))?;
        let entry = |revision: Revision<'_>| {
            let mut entry = HistoryEntry::of(revision);
            if let Some(row) = reading.version(revision.id()) {
                entry.applied_at = Some(row.applied_at.clone());
                entry.is_current = row.is_head;
            }
            entry
        };
        Ok(listed.into_iter().map(entry).collect())
    }
}

fn planned(graph: &migrate_core::Graph, step: &Step) -> PlannedStep {
    let revision = graph.revision(step.revision);
    let script = revision.script_for(step.direction);
    PlannedStep {
        revision: revision.id().to_owned(),
        message: revision.message().to_owned(),
        direction: step.direction,
        file: script.map(|script| script.file.to_owned()),
        transaction: script.is_none_or(|script| script.transaction),
        statements: script
            .map(|script| script.statement_texts().map(str::to_owned).collect())
            .unwrap_or_default(),
    }
}
