//! `adopt`: takes over what another program has applied.

use std::collections::BTreeSet;

use migrate_core::graph::{Applied, Revision};

use super::{Ground, Run, ground::quoted};
use crate::{Error, ErrorKind, Report, Result, journal::Reading};

impl<'r> Run<'r> {
    /// Writes down that exactly these revisions are applied, where nothing is yet. Where others do the same at once (on
    /// SQLite only, where nothing but each transaction locks), one of them writes and the others find it done.
    pub(super) async fn adopt(&mut self, revisions: &[String]) -> Result<Report> {
        let wanted = self.closed(revisions)?;
        loop {
            let (reading, generation) = self.read_when_idle().await?;
            let ground = Ground::of(self.graph, &reading);
            ground.refuse_trouble(self.graph, &reading)?;
            if wanted.iter().all(|revision| ground.applied.contains(revision.index())) {
                // A service may have gone on from there.
                return Ok(Report::nothing(self.room.dialect(), reading.unknown_heads(self.graph)));
            }
            if !reading.versions.is_empty() {
                return Err(in_use(&wanted, &ground, &reading));
            }
            match self.set_state(&wanted, &reading, generation).await {
                Err(error) if error.kind() == ErrorKind::ClaimLost && self.may_replan() => {}
                result => return result,
            }
        }
    }

    /// These revisions, which must be of the graph, with all that they rest on.
    fn closed(&self, revisions: &[String]) -> Result<Applied<'r>> {
        let graph = self.graph;
        let mut wanted = Applied::none(graph);
        for id in revisions {
            let revision = graph.find(id).ok_or_else(|| {
                Error::new(ErrorKind::Target, format!("there is no revision `{id}`"))
                    .with_hint("`history` lists the revisions and their labels")
            })?;
            wanted.insert(revision.index());
        }
        if let Some((revision, missing)) = wanted.missing().next() {
            let (id, missing) = (revision.id(), missing.id());
            let message = format!("`{id}` cannot count as applied without `{missing}`, which it rests on");
            return Err(Error::new(ErrorKind::Target, message).with_revision(id));
        }
        Ok(wanted)
    }
}

/// The namespace has a history of its own.
fn in_use(wanted: &Applied<'_>, ground: &Ground<'_>, reading: &Reading) -> Error {
    let heads: BTreeSet<&str> = reading.heads().map(|row| row.revision.as_str()).collect();
    let new: Vec<&str> = (wanted.iter())
        .filter(|revision| !ground.applied.contains(revision.index()))
        .map(Revision::id)
        .collect();
    let verb = if new.len() == 1 { "is" } else { "are" };
    let message = format!(
        "the database is in use already: {} current, and {} {verb} not applied by what is written down",
        quoted(heads.iter().copied()) + if heads.len() == 1 { " is" } else { " are" },
        quoted(new.into_iter()),
    );
    Error::new(ErrorKind::InUse, message)
        .with_hint("if the schema has all of it, `stamp` the head; if not, `upgrade` applies what is missing")
}
