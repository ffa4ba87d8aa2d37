//! A step in a transaction: script and bookkeeping stand or fall together.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use migrate_core::{
    Graph,
    graph::{Applied, Direction, Revision, Script, StatementKind},
};

use super::{
    Run,
    lock::Hold,
    message::{Message, Role},
    retry::Tries,
};
use crate::{
    Error, ErrorKind, Result,
    cancel::cancelled,
    journal::{Entry, Reading, Record},
    session::{Class, Failure, Sent},
};

/// What one step does, to the schema and to the bookkeeping.
pub(super) struct Work<'g> {
    pub(super) revision: Revision<'g>,
    pub(super) direction: Direction,
    pub(super) script: Option<Script<'g>>,
    /// The generation before it.
    pub(super) generation: i64,
    /// What is a head no more, or is one again.
    heads: Vec<&'g str>,
}

impl<'g> Work<'g> {
    pub(super) fn new(
        graph: &'g Graph,
        revision: Revision<'g>,
        direction: Direction,
        applied: &Applied<'_>,
        reading: &Reading,
        generation: i64,
    ) -> Self {
        let rests_on = revision.parents().chain(revision.dependencies());
        let heads = match direction {
            Direction::Up => rests_on.map(Revision::id).collect(),
            Direction::Down => {
                let carries = |below: Revision<'_>| {
                    let known = below.children().chain(below.dependents());
                    let mut unknown =
                        reading.versions.iter().filter(|row| graph.find(&row.revision).is_none());
                    known.into_iter().any(|above| above != revision && applied.contains(above.index()))
                        || unknown.any(|row| row.rests_on.iter().any(|id| id == below.id()))
                };
                rests_on.filter(|below| !carries(*below)).map(Revision::id).collect()
            }
        };
        let script = revision.script_for(direction);
        Self { revision, direction, script, generation, heads }
    }

    pub(super) fn statements(&self) -> usize {
        self.script.map_or(0, |script| script.statements.len())
    }
}

/// What comes of sending a step.
enum Attempt {
    Done,
    /// Nothing was changed; the same again may succeed. The message failed after so many statements.
    Again(Failure, Message, usize),
}

impl Run<'_> {
    /// Whether the statements of a script cannot share a transaction with their bookkeeping.
    pub(super) fn is_journaled(&self, script: Option<&Script<'_>>) -> bool {
        let Some(script) = script else { return false };
        let rolls_back = |kind| matches!(kind, StatementKind::Data | StatementKind::Session);
        let transactional = self.room.dialect().capabilities().transactional_ddl
            || script.statements.iter().all(|statement| rolls_back(statement.kind));
        !(script.transaction && transactional)
    }

    /// Begins a transaction in `message`: by a statement, or, where the whole text is one, by being the beginning.
    pub(super) fn open_transaction(&self, message: &mut Message, explicitly: bool) {
        if explicitly {
            message.push(Role::Ours, self.room.begin());
        }
        let key = (self.hold == Hold::Step).then_some(self.key.as_str());
        message.ours(&self.room.before_script(self.options, key));
    }

    pub(super) fn push_claim(&self, message: &mut Message, update: &str) {
        match self.room.asserted(update) {
            Some(assertion) => message.push(Role::Ours, &assertion),
            None => message.push(Role::Claim, update),
        }
    }

    /// Gives the session back the settings that the script may have changed.
    pub(super) fn push_restore(&self, message: &mut Message, work: &Work<'_>) {
        if work.script.is_some_and(|script| self.room.may_change_session(&script)) {
            message.ours(&self.opened.restore);
        }
    }

    /// The bookkeeping of a step that is done.
    pub(super) fn push_journal(&self, message: &mut Message, work: &Work<'_>, elapsed: Duration) {
        let (journal, revision) = (self.journal(), work.revision);
        let up = work.direction == Direction::Up;
        message.ours(&journal.mark_heads(work.heads.iter().copied(), !up));
        let version = if up {
            journal.insert_version(revision, true)
        } else {
            journal.delete_versions([revision.id()])
        };
        message.push(Role::Ours, &version);
        let entry = Entry {
            generation: work.generation + 1,
            statements_done: work.statements(),
            statements: work.statements(),
            elapsed,
            error: None,
        };
        let fingerprint = revision.fingerprint().to_string();
        message.push(
            Role::Ours,
            &journal.record(Record::Step(work.direction), revision.id(), &fingerprint, &entry),
        );
    }

    /// Runs a step in a transaction: its own, or one that it shares with others, which the caller commits.
    pub(super) async fn run_in_transaction(
        &mut self,
        work: &Work<'_>,
        together: bool,
        first: bool,
    ) -> Result<()> {
        let mut tries = Tries::new(self.options);
        let mut tolerated = BTreeMap::new();
        loop {
            let (mut failure, message, finished) =
                match self.attempt(work, together, first, &mut tolerated).await? {
                    Attempt::Done => return Ok(()),
                    Attempt::Again(failure, message, finished) => (failure, message, finished),
                };
            let (_, place) = message.locate(finished, failure.place, work.script.as_ref());
            let statement = place.as_ref().map_or(message.text(), |place| &place.text);
            // What shares the transaction was rolled back with it.
            let alone = !together || first;
            if !alone || !self.tries_again(&mut tries, work, statement, &mut failure).await? {
                return Err(self.failed(work, &message, finished, failure).await);
            }
        }
    }

    async fn attempt(
        &mut self,
        work: &Work<'_>,
        together: bool,
        first: bool,
        tolerated: &mut BTreeMap<String, usize>,
    ) -> Result<Attempt> {
        let started = Instant::now();
        let whole = self.room.sends_a_step_whole();
        let mut message = Message::titled(&format!("migrate: {} {}", work.direction, work.revision.id()));
        self.open_transaction(&mut message, if together { first } else { !whole });
        let claim = self.journal().claim(work.generation);
        self.push_claim(&mut message, &claim);
        message.script(work.script.as_ref());
        self.push_restore(&mut message, work);
        if whole {
            self.push_journal(&mut message, work, Duration::ZERO);
        }
        if let Some(again) = self.send_part(work, message).await? {
            return Ok(again);
        }
        if whole {
            return Ok(Attempt::Done);
        }
        if self.options.cancel.has_come() {
            self.roll_back().await;
            return Err(self.cancelled_in(work).await);
        }
        if let Some(again) = self.check_foreign_keys(work, tolerated).await? {
            return Ok(again);
        }
        let mut message = Message::default();
        self.push_journal(&mut message, work, started.elapsed());
        if !together {
            message.push(Role::Ours, "COMMIT");
        }
        Ok(self.send_part(work, message).await?.unwrap_or(Attempt::Done))
    }

    /// The error of a run that ended in the middle of a step, which was rolled back.
    async fn cancelled_in(&mut self, work: &Work<'_>) -> Error {
        let (id, direction) = (work.revision.id(), work.direction);
        let standing = format!("cancelled in the {direction} step of `{id}`, which was rolled back");
        self.record_failure(work, 0, "cancelled").await;
        cancelled(standing).with_revision(id)
    }

    /// Sends a part of a step; what fails is rolled back.
    async fn send_part(&mut self, work: &Work<'_>, message: Message) -> Result<Option<Attempt>> {
        let sent = self.session.send(message.text()).await;
        if let Some(lost) = lost_claim(&message, &sent) {
            self.roll_back().await;
            return Err(Error::of_failure("cannot go on", lost));
        }
        let Some(failure) = sent.failure else { return Ok(None) };
        self.roll_back_after(&failure).await;
        if matches!(failure.class, Class::Busy | Class::Locked) {
            return Ok(Some(Attempt::Again(failure, message, sent.outcomes.len())));
        }
        Err(self.failed(work, &message, sent.outcomes.len(), failure).await)
    }

    /// Rolls a step back that leaves more rows without their parents than there were before it.
    async fn check_foreign_keys(
        &mut self,
        work: &Work<'_>,
        tolerated: &mut BTreeMap<String, usize>,
    ) -> Result<Option<Attempt>> {
        let Some(query) = self.opened.violations else { return Ok(None) };
        let after = count_violations(self.session.query(query).await);
        let worse = |tolerated: &BTreeMap<String, usize>| {
            after.iter().find(|(table, count)| tolerated.get(*table).copied().unwrap_or(0) < **count)
        };
        if worse(tolerated).is_none() {
            return Ok(None);
        }
        self.roll_back().await;
        *tolerated = count_violations(self.session.query(query).await);
        match worse(tolerated) {
            // They were there before: the step is not to blame, and is done again.
            None => {
                let failure = Failure::new(Class::Busy, "rows violated foreign keys before the step");
                Ok(Some(Attempt::Again(failure, Message::default(), 0)))
            }
            Some((what, _)) => {
                let id = work.revision.id();
                let message = format!("after `{id}`, {what}; the step was rolled back");
                let error = Error::new(ErrorKind::ForeignKey, message).with_revision(id).with_hint(
                    "a statement deletes or rebuilds rows that others refer to: mend the rows in the same script",
                );
                self.record_failure(work, work.statements(), &error.to_string()).await;
                Err(error)
            }
        }
    }
}

/// How many rows violate a foreign key, by table and parent.
fn count_violations(sent: Sent) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    match sent.rows() {
        Ok(rows) => {
            for row in rows {
                let cell = |index: usize| row.get(index).and_then(Option::as_deref).unwrap_or("?");
                let what = format!("rows of `{}` refer to rows of `{}` that are not there", cell(0), cell(2));
                *counts.entry(what).or_default() += 1;
            }
        }
        // A parent key that is not unique: SQLite cannot check, and says which.
        Err(failure) => {
            counts.insert(failure.message, 1);
        }
    }
    counts
}

/// The failure where a claim changed no row. It comes before any other failure of the message: what followed the claim
/// ran on a state that nobody had planned for.
pub(super) fn lost_claim(message: &Message, sent: &Sent) -> Option<Failure> {
    let lost =
        message.claims().any(|index| sent.outcomes.get(index).is_some_and(|outcome| outcome.affected != 1));
    let asserted = sent.failure.as_ref().is_some_and(|failure| failure.class == Class::ClaimLost);
    (lost || asserted)
        .then(|| Failure::new(Class::ClaimLost, "the migration state was changed by another runner"))
}
