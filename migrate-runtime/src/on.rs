mod options;
mod pooler;

use std::{path::Path, time::Instant};

use futures_core::future::BoxFuture;
use migrate_core::graph::{Direction, Range, Revision, Step, Target, TargetError};

use crate::{
    Connectable, Diagnosis, Error, ErrorKind, Event, Graph, HistoryEntry, Pending, PlannedStep, Report,
    Resolution, Restored, Result, Status,
    backup::restore,
    boot::{Boot, boot, names, tell_ahead, wanted},
    cancel::cancelled,
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

impl<'c> On<'c> {
    pub(crate) fn new<T: Connectable<'c>>(graph: &'c Graph, on: T) -> Self {
        Self::through(graph, on.door())
    }

    pub(crate) fn through(graph: &'c Graph, door: Box<dyn Door + 'c>) -> Self {
        Self { graph, door, direct_url: None, options: Options::new(graph.settings().clone()) }
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

    /// See [`Graph::status`].
    pub fn status(self) -> BoxFuture<'c, Result<Status>> {
        Box::pin(self.read_status())
    }

    /// See [`Graph::current`].
    pub fn current(self) -> BoxFuture<'c, Result<Vec<String>>> {
        Box::pin(async { Ok(self.read_status().await?.current) })
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
