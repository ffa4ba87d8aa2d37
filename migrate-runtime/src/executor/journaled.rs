//! A step whose statements cannot share a transaction with its bookkeeping: the journal says what runs before it runs,
//! so that a crash never looks finished.

use std::time::Instant;

use migrate_core::graph::{Script, Statement, StatementKind};

use super::{
    Run,
    look::script_digest,
    message::{Message, Role},
    retry::Tries,
    step::{Work, lost_claim},
};
use crate::{
    Error, ErrorKind, Event, Result, StatementPlace,
    cancel::cancelled,
    journal::{Journal, Position},
    session::{Class, Failure, Place},
};

/// How a statement outside a transaction is run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// With its journal entry, in a transaction of their own: both or none.
    Shared,
    /// Alone, and nothing is noted: it ends with the session, and is run again in the next.
    Session,
    /// Alone, after the journal says that it begins.
    Announced,
}

impl Run<'_> {
    /// Runs the statements of a script one by one.
    pub(super) async fn run_journaled(&mut self, work: &Work<'_>) -> Result<()> {
        let (revision, direction) = (work.revision.id(), work.direction);
        self.carry_out(work, 0, |journal, position| {
            journal.claim_running(work.generation, revision, direction, position)
        })
        .await
    }

    /// Runs the statements from `start` on, once `claim` has made the step ours, and writes down that it is done.
    pub(super) async fn carry_out(
        &mut self,
        work: &Work<'_>,
        start: usize,
        claim: impl FnOnce(&Journal<'_>, &Position) -> String,
    ) -> Result<()> {
        let started = Instant::now();
        let Some(script) = work.script else { return Ok(()) };
        // Held until the step is done: who finds the step running, and the fence free, knows that we died.
        let fence = self.fence();
        let _fence = fence
            .map_err(|failure| Error::of_failure("cannot go on", failure).with_kind(ErrorKind::ClaimLost))?;
        self.kept = None;
        self.look_for_kept(&script, start).await?;
        let mut message = Message::default();
        message.ours(&self.opened.outside);
        message.ours(&self.before_statement(&script, start));
        let claim = claim(&self.journal(), &self.arrival(&script, start));
        self.push_claim(&mut message, &claim);
        self.send_or_fail(work, &message).await?;
        self.set_session_again(work, &script, start).await?;
        for (index, statement) in script.statements.iter().enumerate().skip(start) {
            if index > start && self.options.cancel.has_come() {
                return Err(self.cancelled_before(work, &script, index).await);
            }
            self.options.tell(&Event::StatementStarted {
                revision: work.revision.id().to_owned(),
                number: index + 1,
                of: script.statements.len(),
            });
            self.run_statement(work, &script, index, *statement, index == start).await?;
        }
        let mut message = Message::default();
        message.ours(&self.opened.restore);
        self.begin_several(&mut message);
        self.push_claim(&mut message, &self.journal().finish_running(work.generation + 1));
        self.push_journal(&mut message, work, started.elapsed());
        self.send_or_fail(work, &message).await?;
        self.commit(work).await
    }

    /// Notes that a statement is next, and not begun, and gives the error of a run that ends there.
    async fn cancelled_before(&mut self, work: &Work<'_>, script: &Script<'_>, index: usize) -> Error {
        let mut message = Message::default();
        self.begin_several(&mut message);
        let next = self.standing_before(script, index);
        self.push_claim(&mut message, &self.journal().advance(work.generation + 1, &next));
        self.commit_several(&mut message);
        if let Err(error) = self.send_or_fail(work, &message).await {
            return error;
        }
        self.record_failure(work, index, "cancelled").await;
        let (id, direction) = (work.revision.id(), work.direction);
        cancelled(format!("cancelled in the {direction} step of `{id}`, before its next statement"))
            .with_revision(id)
            .with_statement(StatementPlace::of(script, index, None))
    }

    /// What the statements before `start` have set ended with their session.
    async fn set_session_again(&mut self, work: &Work<'_>, script: &Script<'_>, start: usize) -> Result<()> {
        for (index, statement) in script.statements.iter().enumerate().take(start) {
            if statement.kind == StatementKind::Session {
                let mut message = Message::default();
                message.push(Role::Statement(index), statement.span.of(script.source));
                self.send_or_fail(work, &message).await?;
            }
        }
        Ok(())
    }

    /// Where the script stands when it comes to a statement: one that is announced counts as begun from then on.
    pub(super) fn arrival(&self, script: &Script<'_>, index: usize) -> Position {
        let begins = script
            .statements
            .get(index)
            .is_some_and(|statement| self.manner(script, *statement) == Manner::Announced);
        let images = begins.then(|| self.images(&script.recovery(index)).unwrap_or_else(|| "''".to_owned()));
        Position { statement: index, script: script_digest(script, index, begins), images }
    }

    /// Where the script stands when a statement is next, and certainly not begun.
    pub(super) fn standing_before(&self, script: &Script<'_>, index: usize) -> Position {
        Position { statement: index, script: script_digest(script, index, false), images: None }
    }

    /// Commits what was sent in several texts: only then is it known that the claim in them still held.
    async fn commit(&mut self, work: &Work<'_>) -> Result<()> {
        let mut message = Message::default();
        self.commit_several(&mut message);
        if message.text().is_empty() {
            return Ok(());
        }
        // What it would have committed is rolled back where it fails: to commit again would commit nothing.
        match self.send_once(work, &message).await? {
            Some((failure, role, finished)) => Err(self.fail(work, &message, role, finished, failure).await),
            None => Ok(()),
        }
    }

    fn manner(&self, script: &Script<'_>, statement: Statement) -> Manner {
        match statement.kind {
            StatementKind::Session => Manner::Session,
            StatementKind::Data if self.is_kept(statement.span.of(script.source)) => Manner::Announced,
            StatementKind::Data => Manner::Shared,
            StatementKind::Schema if self.room.dialect().capabilities().transactional_ddl => Manner::Shared,
            StatementKind::Schema | StatementKind::Other | StatementKind::TransactionControl => {
                Manner::Announced
            }
        }
    }

    /// What is set before a statement, as long as the script has set nothing itself.
    fn before_statement(&self, script: &Script<'_>, index: usize) -> Option<String> {
        let kind = script.statements.get(index)?.kind;
        let untouched =
            script.statements.iter().take(index).all(|before| before.kind != StatementKind::Session);
        if untouched { self.room.before_statement(kind, self.options) } else { None }
    }

    fn begin_several(&self, message: &mut Message) {
        if !self.room.sends_a_step_whole() {
            message.push(Role::Ours, self.room.begin());
        }
    }

    fn commit_several(&self, message: &mut Message) {
        if !self.room.sends_a_step_whole() {
            message.push(Role::Ours, "COMMIT");
        }
    }

    async fn run_statement(
        &mut self,
        work: &Work<'_>,
        script: &Script<'_>,
        index: usize,
        statement: Statement,
        is_first: bool,
    ) -> Result<()> {
        let text = statement.span.of(script.source);
        let generation = work.generation + 1;
        let mut message = Message::default();
        self.look_for_kept(script, index).await?;
        let manner = self.manner(script, statement);
        match manner {
            Manner::Shared => {
                self.begin_several(&mut message);
                message.push(Role::Statement(index), text);
                let next = self.standing_before(script, index + 1);
                self.push_claim(&mut message, &self.journal().advance(generation, &next));
                self.send_or_fail(work, &message).await?;
                return self.commit(work).await;
            }
            Manner::Session => {}
            // The claim has announced the first one.
            Manner::Announced if is_first => {}
            Manner::Announced => {
                message.ours(&self.before_statement(script, index));
                // In a transaction, since MySQL's `LOCK TABLES` would keep us from our own tables: this ends it.
                self.begin_several(&mut message);
                let arrival = self.arrival(script, index);
                self.push_claim(&mut message, &self.journal().advance(generation, &arrival));
                self.commit_several(&mut message);
                // By itself: whoever was overtaken must not come to the statement.
                self.send_or_fail(work, &message).await?;
                message = Message::default();
            }
        }
        let limited = self.options.settings.online.and_then(|online| self.room.limited(text, online));
        message.push(Role::Statement(index), limited.as_deref().unwrap_or(text));
        self.send_or_fail(work, &message).await?;
        if manner == Manner::Announced {
            self.kept = None;
        }
        Ok(())
    }

    /// Sends, and sends again where others were in the way and nothing was changed.
    async fn send_or_fail(&mut self, work: &Work<'_>, message: &Message) -> Result<()> {
        let mut tries = Tries::new(self.options);
        loop {
            let Some((mut failure, role, finished)) = self.send_once(work, message).await? else {
                return Ok(());
            };
            if failure.class == Class::Busy && self.left_nothing(work, role, failure.class).await {
                let statement = match (role, work.script) {
                    (Role::Statement(index), Some(script)) => script.statement_texts().nth(index),
                    _ => None,
                };
                let statement = statement.unwrap_or(message.text());
                if self.tries_again(&mut tries, work, statement, &mut failure).await? {
                    continue;
                }
            }
            return Err(self.fail(work, message, role, finished, failure).await);
        }
    }

    /// What failed, in which part of the message, behind so many others; it is rolled back.
    async fn send_once(
        &mut self,
        work: &Work<'_>,
        message: &Message,
    ) -> Result<Option<(Failure, Role, usize)>> {
        let sent = self.session.send(message.text()).await;
        if let Some(lost) = lost_claim(message, &sent) {
            self.roll_back().await;
            return Err(Error::of_failure("cannot go on", lost));
        }
        let Some(failure) = sent.failure else { return Ok(None) };
        self.roll_back_after(&failure).await;
        let finished = sent.outcomes.len();
        let (role, _) = message.locate(finished, Place::Unknown, work.script.as_ref());
        Ok(Some((failure, role, finished)))
    }

    async fn fail(
        &mut self,
        work: &Work<'_>,
        message: &Message,
        role: Role,
        finished: usize,
        failure: Failure,
    ) -> Error {
        let class = failure.class;
        let error = self.failed(work, message, finished, failure).await;
        if class != Class::Connection
            && let (Role::Statement(index), Some(script)) = (role, work.script)
        {
            self.note_failure(work, &script, index, class).await;
        }
        error
    }

    async fn left_nothing(&mut self, work: &Work<'_>, role: Role, class: Class) -> bool {
        match (role, work.script) {
            (Role::Statement(index), Some(script)) => self.did_nothing(&script, index, class).await,
            _ => true,
        }
    }

    /// Notes where the script stands after an error. Where even that fails, the journal goes on saying that the
    /// statement was begun, and the next run finds out what became of it.
    async fn note_failure(&mut self, work: &Work<'_>, script: &Script<'_>, index: usize, class: Class) {
        if !self.did_nothing(script, index, class).await {
            return;
        }
        let is_first =
            script.statements.iter().take(index).all(|before| before.kind == StatementKind::Session);
        let generation = work.generation + 1;
        let note = if is_first {
            // As if it had never begun: the script can be mended and run again.
            self.journal().finish_running(generation)
        } else {
            self.journal().advance(generation, &self.standing_before(script, index))
        };
        let _ = self.session.send(&note).await;
    }

    /// Whether a statement that failed left nothing behind.
    async fn did_nothing(&mut self, script: &Script<'_>, index: usize, class: Class) -> bool {
        let Some(statement) = script.statements.get(index) else { return false };
        if self.manner(script, *statement) != Manner::Announced {
            return true;
        }
        match self.look(&script.recovery(index)).await {
            Ok(Some(look)) => look.before == look.now,
            Ok(None) => {
                // What cannot be parsed does nothing, unless it is a call, whose body may have begun before it came to
                // that.
                let text = statement.span.of(script.source);
                let word = text.split_whitespace().next().unwrap_or_default();
                let calls = ["BEGIN", "CALL", "DO", "EXECUTE"];
                let calls = calls.iter().any(|call| word.eq_ignore_ascii_case(call));
                statement.kind == StatementKind::Schema || (class == Class::Syntax && !calls)
            }
            Err(_) => false,
        }
    }
}
