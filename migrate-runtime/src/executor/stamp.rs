//! `stamp`: sets the state without running a script.

use std::time::Duration;

use migrate_core::graph::{Applied, Revision, Target};

use super::{
    Ground, Run,
    ground::{quoted, target_error},
    message::{Message, Role},
};
use crate::{
    Error, ErrorKind, Report, Result,
    journal::{Entry, Reading, Record},
};

impl Run<'_> {
    pub(super) async fn stamp(&mut self, target: &Target, purge: bool) -> Result<Report> {
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
        let before = if purge { Applied::none(self.graph) } else { ground.applied };
        let wanted = self.graph.plan_stamp(&before, target).map_err(|error| target_error(&error))?;
        self.set_state(&wanted, &reading, generation).await
    }

    /// Makes `wanted` the state, by one claim in one transaction.
    pub(super) async fn set_state(
        &mut self,
        wanted: &Applied<'_>,
        reading: &Reading,
        generation: i64,
    ) -> Result<Report> {
        let missing: Vec<Revision<'_>> =
            wanted.iter().filter(|revision| !is_right(*revision, reading)).collect();
        let message = self.stamp_message(wanted, &missing, reading, generation);
        self.commit_alone(&message, "cannot stamp").await?;
        let stamped = missing.into_iter().map(|revision| revision.id().to_owned()).collect();
        Ok(Report { stamped, ..Report::nothing(self.room.dialect(), Vec::new()) })
    }

    /// Removes the rows that are not wanted, adds those that are missing, and leaves the others as they are.
    fn stamp_message(
        &self,
        wanted: &Applied<'_>,
        missing: &[Revision<'_>],
        reading: &Reading,
        generation: i64,
    ) -> Message {
        let journal = self.journal();
        let mut message = Message::default();
        self.open_transaction(&mut message, !self.room.sends_a_step_whole());
        self.push_claim(&mut message, &journal.claim_by_force(generation));
        let wrong: Vec<&str> = (reading.versions.iter())
            .map(|row| row.revision.as_str())
            .filter(|id| {
                let known = self.graph.find(id).filter(|revision| wanted.contains(revision.index()));
                !known.is_some_and(|revision| is_right(revision, reading))
            })
            .collect();
        if !wrong.is_empty() {
            message.push(Role::Ours, &journal.delete_versions(wrong));
        }
        for revision in missing {
            message.push(Role::Ours, &journal.insert_version(*revision, false));
        }
        let heads: Vec<Revision<'_>> = wanted.heads().collect();
        let others = wanted.iter().filter(|revision| !heads.contains(revision));
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

/// Whether the database has the row of this revision, and of this text.
fn is_right(revision: Revision<'_>, reading: &Reading) -> bool {
    let row = reading.version(revision.id());
    row.is_some_and(|row| row.fingerprint == revision.fingerprint().to_string())
}
