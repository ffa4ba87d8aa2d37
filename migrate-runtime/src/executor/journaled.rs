//! A step outside a transaction: the journal says what runs before it runs, so that a crash never looks finished.

use std::time::Instant;

use migrate_core::graph::{Script, Statement, StatementKind};

use super::{
    Run,
    message::{Message, Role},
    step::{Work, lost_claim},
};
use crate::{
    Error, ErrorKind, Event, Result,
    session::{Class, Place},
};

impl Run<'_> {
    /// Runs the statements of a script one by one.
    pub(super) async fn run_journaled(&mut self, work: &Work<'_>) -> Result<()> {
        let started = Instant::now();
        let Some(script) = work.script else { return Ok(()) };
        // Held until the step is done: who finds the step running, and the fence free, knows that we died.
        let fence = self.fence();
        let _fence = fence
            .map_err(|failure| Error::of_failure("cannot go on", failure).with_kind(ErrorKind::ClaimLost))?;
        let claim = self.journal().claim_running(work.generation, work.revision, work.direction);
        let mut message = Message::default();
        message.ours(&self.opened.outside);
        message.ours(&self.before_statement(&script, 0));
        self.push_claim(&mut message, &claim);
        self.send_or_fail(work, &message).await?;
        for (index, statement) in script.statements.iter().enumerate() {
            self.options.tell(&Event::StatementStarted {
                revision: work.revision.id().to_owned(),
                number: index + 1,
                of: script.statements.len(),
            });
            self.run_statement(work, &script, index, *statement).await?;
        }
        let mut message = Message::default();
        message.ours(&self.opened.restore);
        self.begin_several(&mut message);
        self.push_claim(&mut message, &self.journal().finish_running(work.generation + 1));
        self.push_journal(&mut message, work, started.elapsed());
        self.send_or_fail(work, &message).await?;
        self.commit(work).await
    }

    /// Commits what was sent in several texts: only then is it known that the claim in them still held.
    async fn commit(&mut self, work: &Work<'_>) -> Result<()> {
        let mut message = Message::default();
        self.commit_several(&mut message);
        if message.text().is_empty() { Ok(()) } else { self.send_or_fail(work, &message).await }
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
    ) -> Result<()> {
        let text = statement.span.of(script.source);
        let generation = work.generation + 1;
        let mut message = Message::default();
        match statement.kind {
            // Rows and the journal change together, or not at all.
            StatementKind::Data => {
                self.begin_several(&mut message);
                message.push(Role::Statement(index), text);
                self.push_claim(&mut message, &self.journal().advance(generation, index + 1));
                self.send_or_fail(work, &message).await?;
                return self.commit(work).await;
            }
            // The session ends with a crash, and what was set in it: there is nothing to remember.
            StatementKind::Session => message.push(Role::Statement(index), text),
            StatementKind::Schema | StatementKind::Other | StatementKind::TransactionControl => {
                if index > 0 {
                    message.ours(&self.before_statement(script, index));
                    // In a transaction, since MySQL's `LOCK TABLES` would keep us from our own tables: this ends it.
                    self.begin_several(&mut message);
                    self.push_claim(&mut message, &self.journal().advance(generation, index));
                    self.commit_several(&mut message);
                    // By itself: whoever was overtaken must not come to the statement.
                    self.send_or_fail(work, &message).await?;
                    message = Message::default();
                }
                let limited = self.options.settings.online.and_then(|online| self.room.limited(text, online));
                message.push(Role::Statement(index), limited.as_deref().unwrap_or(text));
            }
        }
        self.send_or_fail(work, &message).await
    }

    async fn send_or_fail(&mut self, work: &Work<'_>, message: &Message) -> Result<()> {
        let sent = self.session.send(message.text()).await;
        if let Some(lost) = lost_claim(message, &sent) {
            self.roll_back().await;
            return Err(Error::of_failure("cannot go on", lost));
        }
        let Some(failure) = sent.failure else { return Ok(()) };
        self.roll_back_after(&failure).await;
        let finished = sent.outcomes.len();
        if failure.class == Class::Connection {
            return Err(self.failed(work, message, finished, failure).await);
        }
        let class = failure.class;
        let (role, _) = message.locate(finished, Place::Unknown, work.script.as_ref());
        let error = self.failed(work, message, finished, failure).await;
        if let Role::Statement(index) = role {
            let generation = work.generation + 1;
            let note = if changed_nothing(work, index, class) {
                // As if it had never begun: the script can be mended and run again.
                self.journal().finish_running(generation)
            } else {
                self.journal().advance(generation, index)
            };
            // Where even that fails, the journal names an earlier statement, which is as true.
            let _ = self.session.send(&note).await;
        }
        Err(error)
    }
}

/// Whether the statement that failed was the first to do anything, and did nothing.
fn changed_nothing(work: &Work<'_>, index: usize, class: Class) -> bool {
    let kind = |index: usize| work.script?.statements.get(index).map(|statement| statement.kind);
    let all_or_nothing =
        matches!(kind(index), Some(StatementKind::Data | StatementKind::Schema | StatementKind::Session));
    // What cannot be parsed does nothing, unless it is a call, whose body may have begun before it came to that.
    let text = work.script.and_then(|script| script.statement_texts().nth(index)).unwrap_or_default();
    let word = text.split_whitespace().next().unwrap_or_default();
    let calls = ["BEGIN", "CALL", "DO", "EXECUTE"].iter().any(|call| word.eq_ignore_ascii_case(call));
    (all_or_nothing || (class == Class::Syntax && !calls))
        && (0..index).all(|before| kind(before) == Some(StatementKind::Session))
}
