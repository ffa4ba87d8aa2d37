//! The slow path: one session takes the lock, reads again, plans, runs the steps and writes the journal.
//!
//! The executor knows databases only through their [`Room`] and a [`Session`]. Its rule is that at any line the process
//! may be killed: a step and its bookkeeping share a transaction, and where they cannot, the journal says what is
//! running before it runs.

mod adopt;
mod backup;
mod failure;
mod fence;
mod ground;
mod holder;
mod journaled;
mod kept;
mod lock;
mod look;
mod message;
mod migrate;
mod resolve;
mod resume;
mod retry;
mod stamp;
mod step;
#[cfg(all(test, feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod tests;
pub(crate) mod verdict;

use std::time::Instant;

use migrate_core::{
    Dialect, Graph,
    graph::{Direction, Plan, Target},
};

pub(crate) use ground::{Ground, quoted, target_error};
pub(crate) use holder::Holder;
use lock::Hold;
pub(crate) use lock::Pause;
use message::{Message, Role};

use crate::{
    Error, ErrorKind, Event, Report, Resolution, Result, Transaction,
    cancel::cancelled,
    database::{Opened, Room},
    journal::{Journal, Names, Reading, everything},
    session::{Class, Failure, Sent, Session},
    settings::{Options, Settings},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Order {
    Upgrade(Target),
    Downgrade(Target),
    Stamp {
        target: Target,
        purge: bool,
    },
    /// Exactly these revisions, where nothing is written down yet.
    Adopt(Vec<String>),
    /// What became of a statement (from 1) in doubt.
    Resolve {
        revision: String,
        statement: usize,
        resolution: Resolution,
    },
}

/// What was planned and what was done. It outlives a session, so that another one goes on from there.
#[derive(Debug)]
pub(crate) struct Progress {
    planned: Option<Plan>,
    /// Whether the lock was ours once.
    pub(crate) begun: bool,
    pub(crate) report: Report,
}

impl Progress {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { planned: None, begun: false, report: Report::nothing(dialect, Vec::new()) }
    }
}

/// A session at work on one namespace.
struct Run<'r> {
    room: &'static dyn Room,
    graph: &'r Graph,
    options: &'r Options,
    session: &'r mut (dyn Session + 'r),
    opened: Opened,
    names: Names,
    /// What the lock is named after.
    key: String,
    hold: Hold,
    /// The tables of the script at work whose rows no transaction takes back, in lower case; `None` where that is to be
    /// found out.
    kept: Option<Vec<String>>,
    /// Whom we told that we wait for.
    waits_for: Option<Option<String>>,
    /// Who we are: program and process.
    runner: String,
    deadline: Instant,
}

/// Carries out an order on a session, and closes it on every path.
pub(crate) async fn execute<'s>(
    session: Box<dyn Session + 's>,
    room: &'static dyn Room,
    graph: &Graph,
    options: &Options,
    order: &Order,
    progress: &mut Progress,
) -> Result<()> {
    let mut session = options.cancel.watch(session);
    let result = prepare(&mut *session, room, graph, options, order, progress).await;
    session.close().await;
    result
}

/// Opens the session, and gives it back as it was found.
async fn prepare(
    session: &mut (dyn Session + '_),
    room: &'static dyn Room,
    graph: &Graph,
    options: &Options,
    order: &Order,
    progress: &mut Progress,
) -> Result<()> {
    if options.settings.transaction == Transaction::Upgrade
        && !room.dialect().capabilities().transactional_ddl
    {
        return Err(Error::new(
            ErrorKind::Unsupported,
            format!(
                "{} cannot put all steps into one transaction: its schema changes commit",
                room.dialect()
            ),
        )
        .with_hint("leave `transaction = \"upgrade\"` away"));
    }
    let deadline = Instant::now() + options.lock_wait;
    let waiting = || cancelled("cancelled while it waited for others");
    let opened = open(session, room, options, deadline);
    let opened = options.cancel.or_pause(opened).await.ok_or_else(waiting)??;
    session.remember(&opened.give_back.join("; "));
    let names = Names::new(room, &options.settings, opened.schema.as_deref());
    let key = lock_key(&opened, &options.settings);
    let hold = Hold::of(session, room.dialect(), options);
    let runner = runner();
    let mut run = Run {
        room,
        graph,
        options,
        session,
        opened,
        names,
        key,
        hold,
        kept: None,
        waits_for: None,
        runner,
        deadline,
    };
    let result = match options.cancel.or_pause(run.locked(order, progress)).await {
        Some(result) => result,
        None => {
            run.release_lock().await;
            Err(waiting())
        }
    };
    if !run.session.is_own() && !run.opened.give_back.is_empty() {
        let given_back = run.session.send(&run.opened.give_back.join("; ")).await.complete();
        if let (Ok(_), Err(failure)) = (&result, given_back) {
            return Err(Error::of_failure("cannot give the connection back as it was", failure));
        }
    }
    result
}

async fn open(
    session: &mut (dyn Session + '_),
    room: &'static dyn Room,
    options: &Options,
    deadline: Instant,
) -> Result<Opened> {
    let mut pause = Pause::default();
    loop {
        match room.open(session, options).await {
            Err(error) if error.kind() == ErrorKind::LockTimeout && Instant::now() < deadline => {
                pause.take().await;
            }
            opened => return opened,
        }
    }
}

/// What the migration lock of a namespace is named after.
pub(crate) fn lock_key(opened: &Opened, settings: &Settings) -> String {
    format!("migrate {} {} {}", opened.place, settings.prefix, settings.namespace)
}

/// The program and its process, for people who look into the tables.
fn runner() -> String {
    let program = std::env::current_exe().ok();
    let program =
        program.as_deref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    format!("{} [{}]", program.as_deref().unwrap_or("unknown"), std::process::id())
}

impl Run<'_> {
    async fn locked(&mut self, order: &Order, progress: &mut Progress) -> Result<()> {
        let there = self.names.are_there(&self.opened.columns)?;
        if let Some(unknown) = self.take_lock(order).await? {
            progress.report.unknown = unknown;
            return Ok(());
        }
        progress.begun = true;
        let result = self.work(order, there, progress).await;
        self.release_lock().await;
        result
    }

    async fn work(&mut self, order: &Order, tables_are_there: bool, progress: &mut Progress) -> Result<()> {
        if !tables_are_there {
            self.create_tables().await?;
        }
        progress.report = match order {
            Order::Upgrade(target) => return self.migrate(Direction::Up, target, progress).await,
            Order::Downgrade(target) => return self.migrate(Direction::Down, target, progress).await,
            Order::Stamp { target, purge } => self.stamp(target, *purge).await?,
            Order::Adopt(revisions) => self.adopt(revisions).await?,
            Order::Resolve { revision, statement, resolution } => {
                self.resolve(revision, *statement, *resolution).await?
            }
        };
        Ok(())
    }

    fn journal(&self) -> Journal<'_> {
        Journal {
            room: self.room,
            names: &self.names,
            namespace: &self.options.settings.namespace,
            runner: &self.runner,
            locked: self.hold == Hold::Session,
        }
    }

    async fn create_tables(&mut self) -> Result<()> {
        let mut message = Message::default();
        self.open_transaction(&mut message, !self.room.sends_a_step_whole());
        message.ours(&self.room.create_tables(&self.names));
        message.push(Role::Ours, &self.journal().first_state());
        if !self.room.sends_a_step_whole() {
            message.push(Role::Ours, "COMMIT");
        }
        let doing = "cannot create the bookkeeping tables";
        let mut sent = self.patiently(&message).await;
        if sent.is_err() && self.hold == Hold::Claim {
            // Another runner made them at the same moment, which PostgreSQL calls a duplicate key.
            sent = self.patiently(&message).await;
        }
        sent.map_err(|failure| Error::of_failure(doing, failure))?;
        Ok(())
    }

    /// Reads the tables; makes the row of a namespace that was never used.
    async fn read(&mut self) -> Result<(Reading, i64)> {
        let doing = "cannot read the bookkeeping tables";
        for _ in 0..2 {
            let query = everything(self.room, &self.names, &self.options.settings.namespace);
            let rows =
                self.query_patiently(&query).await.map_err(|failure| Error::of_failure(doing, failure))?;
            let reading = Reading::parse(rows, &self.names)?;
            if let Some(state) = &reading.state {
                let generation = state.generation;
                return Ok((reading, generation));
            }
            let mut first = Message::default();
            first.push(Role::Ours, &self.journal().first_state());
            let sent = self.patiently(&first).await;
            sent.map_err(|failure| Error::of_failure("cannot write the bookkeeping tables", failure))?;
        }
        Err(Error::new(
            ErrorKind::Bookkeeping,
            format!("{} keeps no row for the namespace", self.names.state),
        ))
    }

    /// Reads the tables when nobody is at a step outside a transaction: what is running then was left by one that died.
    async fn read_when_idle(&mut self) -> Result<(Reading, i64)> {
        let mut pause = Pause::default();
        let mut told = false;
        loop {
            let (reading, generation) = self.read().await?;
            let Some(running) = reading.running() else { return Ok((reading, generation)) };
            let Some(failure) = self.at_work(running).await? else {
                // The step may have ended between the reading and the look.
                return self.read().await;
            };
            if Instant::now() >= self.deadline {
                return Err(Error::of_failure("cannot migrate", failure));
            }
            if !told {
                self.options.tell(&Event::Waiting { holder: Some(failure.message) });
                told = true;
            }
            pause.take().await;
        }
    }

    /// Ends the transaction that a failure left open, unless that is the caller's.
    async fn roll_back_after(&mut self, failure: &Failure) {
        if failure.class != Class::InTransaction {
            self.roll_back().await;
        }
    }

    /// Ends the transaction. It may be gone already: then there is nothing to do.
    async fn roll_back(&mut self) {
        let _ = self.session.send("ROLLBACK").await;
    }

    /// Asks, and asks again for as long as we may wait, where the database is busy (SQLite, while others write).
    async fn query_patiently(&mut self, query: &str) -> Result<Vec<Vec<Option<String>>>, Failure> {
        let mut pause = Pause::default();
        loop {
            match self.session.query(query).await.rows() {
                Err(failure) if failure.class == Class::Busy && Instant::now() < self.deadline => {
                    pause.take().await;
                }
                answer => return answer,
            }
        }
    }

    /// Sends a transaction of bookkeeping alone, and commits it.
    async fn commit_alone(&mut self, message: &Message, doing: &str) -> Result<()> {
        let cannot = |failure| Error::of_failure(doing, failure);
        self.patiently(message).await.map_err(cannot)?;
        if !self.room.sends_a_step_whole()
            && let Err(failure) = self.session.send("COMMIT").await.complete()
        {
            self.roll_back().await;
            return Err(cannot(failure));
        }
        Ok(())
    }

    /// Sends, and sends again for as long as we may wait, what fails because somebody else is at work.
    async fn patiently(&mut self, message: &Message) -> Result<Sent, Failure> {
        let mut pause = Pause::default();
        loop {
            let sent = self.session.send(message.text()).await;
            if let Some(lost) = step::lost_claim(message, &sent) {
                self.roll_back().await;
                return Err(lost);
            }
            match sent.failure {
                None => return Ok(sent),
                Some(failure) => {
                    self.roll_back_after(&failure).await;
                    let wait = matches!(failure.class, Class::Busy | Class::Locked);
                    if !wait || Instant::now() >= self.deadline {
                        return Err(failure);
                    }
                    pause.take().await;
                }
            }
        }
    }
}
