//! `stamp`: sets the state without running a script.

use std::time::Duration;

use migrate_core::graph::{Applied, Revision};

use super::{
    Ground, Run,
    ground::{quoted, target_error},
    message::{Message, Role},
    step::lost_claim,
};
use crate::{
    Error, ErrorKind, Report, Result,
    journal::{Entry, Reading, Record},
};

impl Run<'_> {
    pub(super) async fn stamp(&mut self, target: &str, purge: bool) -> Result<Report> {
        let (reading, generation) = self.read().await?;
        let ground = Ground::of(self.graph, &reading);
        if !purge && !ground.unknown.is_empty() {
            let unknown = quoted(ground.unknown.iter().map(String::as_str));
            return Err(Error::new(
                ErrorKind::UnknownRevision,
                format!("the database has {unknown}, unknown to this binary"),
            )
            .with_hint("stamp with the binary that knows it, or forget all rows first with `purge`"));
        }
        let wanted =
            self.graph.plan_stamp(&ground.applied, target, purge).map_err(|error| target_error(&error))?;
        let message = self.stamp_message(&wanted, &reading, generation);
        let sent = self.session.send(message.text()).await;
        let result = match lost_claim(&message, &sent) {
            Some(lost) => Err(lost),
            None => sent.complete().map_err(|failure| Error::of_failure("cannot stamp", failure)),
        };
        if result.is_err() || !self.room.sends_a_step_whole() {
            let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
            let ended = self.session.send(end).await.complete();
            result?;
            ended.map_err(|failure| Error::of_failure("cannot stamp", failure))?;
        }
        Ok(Report::nothing(self.room.dialect(), Vec::new()))
    }

    /// Removes the rows that are not wanted, adds those that are missing, and leaves the others as they are.
    fn stamp_message(&self, wanted: &Applied, reading: &Reading, generation: i64) -> Message {
        let journal = self.journal();
        let is_right = |revision: Revision<'_>| {
            let row = reading.version(revision.id());
            row.is_some_and(|row| row.fingerprint == revision.fingerprint().to_string())
        };
        let wanted_revisions = || self.graph.revisions().filter(|revision| wanted.contains(revision.index()));
        let mut message = Message::default();
        self.open_transaction(&mut message, !self.room.sends_a_step_whole());
        self.push_claim(&mut message, &journal.claim_by_force(generation));
        let wrong: Vec<&str> = (reading.versions.iter())
            .map(|row| row.revision.as_str())
            .filter(|id| !wanted_revisions().any(|revision| revision.id() == *id && is_right(revision)))
            .collect();
        if !wrong.is_empty() {
            message.push(Role::Ours, &journal.delete_versions(wrong));
        }
        for revision in wanted_revisions().filter(|revision| !is_right(*revision)) {
            message.push(Role::Ours, &journal.insert_version(revision, false));
        }
        let heads: Vec<Revision<'_>> =
            wanted.heads(self.graph).into_iter().map(|head| self.graph.revision(head)).collect();
        let others = wanted_revisions().filter(|revision| !heads.contains(revision));
        message.ours(&journal.mark_heads(others.map(Revision::id), false));
        message.ours(&journal.mark_heads(heads.iter().map(|head| head.id()), true));
        let entry = Entry {
            generation: generation + 1,
            statements_done: 0,
            statements: 0,
            elapsed: Duration::ZERO,
            error: None,
        };
        if heads.is_empty() {
            message.push(Role::Ours, &journal.record(Record::Stamp, "", "", &entry));
        }
        for head in heads {
            let fingerprint = head.fingerprint().to_string();
            message.push(Role::Ours, &journal.record(Record::Stamp, head.id(), &fingerprint, &entry));
        }
        message
    }
}
