//! `resolve`: somebody says what became of a statement in doubt.

use std::time::Duration;

use super::Run;
use crate::{
    Error, ErrorKind, Report, Resolution, Result,
    executor::{
        look::script_digest,
        message::{Message, Role},
        resume::refuse_edited,
    },
    journal::{Entry, Position, Record},
};

impl Run<'_> {
    /// Notes the answer. `number` is that of the statement, from 1.
    pub(super) async fn resolve(
        &mut self,
        id: &str,
        number: usize,
        resolution: Resolution,
    ) -> Result<Report> {
        let (reading, generation) = self.read_when_idle().await?;
        let Some(running) = reading.running() else {
            return Err(Error::new(ErrorKind::NothingInDoubt, "no step is interrupted")
                .with_hint("there is nothing to resolve: `upgrade` goes on"));
        };
        let stands_at = running.statement + 1;
        if running.revision != id || stands_at != number {
            let message = format!(
                "the interrupted step is that of `{}`, at statement {stands_at}, not `{id}` at statement {number}",
                running.revision
            );
            return Err(Error::new(ErrorKind::NothingInDoubt, message).with_revision(&running.revision));
        }
        let done = running.statement + usize::from(resolution == Resolution::Applied);
        let script = self.graph.find(id).and_then(|revision| revision.script_for(running.direction));
        if let Some(script) = &script {
            refuse_edited(running, script)?;
        }
        let position = Position {
            statement: done,
            script: script.map(|script| script_digest(&script, done, false)).unwrap_or_default(),
            images: None,
        };
        let fingerprint =
            self.graph.find(id).map(|revision| revision.fingerprint().to_string()).unwrap_or_default();
        let entry = Entry {
            generation: generation + 1,
            statements_done: done,
            statements: script.map_or(0, |script| script.statements.len()),
            elapsed: Duration::ZERO,
            error: None,
        };
        let mut message = Message::default();
        self.open_transaction(&mut message, !self.room.sends_a_step_whole());
        self.push_claim(&mut message, &self.journal().take_over(generation, &position));
        message.push(Role::Ours, &self.journal().record(Record::Resolve, id, &fingerprint, &entry));
        self.commit_alone(&message, "cannot note the answer").await?;
        Ok(Report::nothing(self.room.dialect(), reading.unknown_heads(self.graph)))
    }
}
