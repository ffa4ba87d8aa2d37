//! A step that is running, or was interrupted, and who holds the migration lock.

use migrate_core::graph::{Doubt, Script};

use super::examination::Examination;
use crate::{
    Error, Result,
    executor::Holder,
    journal::{Reading, Running},
};

impl Examination<'_> {
    pub(super) async fn step(&mut self, reading: &Reading) -> Result<()> {
        let holder = match self.room.holder(&self.key) {
            None => None,
            Some(query) => {
                let rows = self.session.query(&query).await.rows();
                let rows = rows.map_err(|failure| {
                    Error::of_failure("cannot see who holds the migration lock", failure)
                })?;
                rows.into_iter().find_map(Holder::of)
            }
        };
        if let Some(holder) = holder {
            self.found(
                "held-lock",
                "the migration lock",
                format!("{holder} holds the migration lock"),
                "a run is at work: wait for it, or end that session",
            );
        } else if let Some(running) = reading.running() {
            self.interrupted(running);
        }
        Ok(())
    }

    /// Where sessions have no lock it may be at work still: then the next run waits for it.
    fn interrupted(&mut self, running: &Running) {
        let Running { revision, direction, statement, by, since, .. } = running;
        let script = self.graph.find(revision).and_then(|revision| revision.script_for(*direction));
        let of = script.map_or(String::new(), |script| format!(" of {}", script.statements.len()));
        let text = script
            .and_then(|script| script.statement_texts().nth(*statement))
            .and_then(|text| text.lines().next());
        let text = text.map_or(String::new(), |text| format!(", `{text}`"));
        let mut message = format!(
            "the {direction} step of `{revision}` stopped at statement {}{of}{text}: {by} began it at {since}",
            statement + 1
        );
        if self.room.dialect().capabilities().session_lock {
            message += ", and holds no lock any more";
        }
        let remedy = match script {
            None => "go on with the version of the service that has this revision".to_owned(),
            Some(script) if running.begun && asks(&script, *statement) => format!(
                "see whether the statement was carried out, and say so: `cargo migrate resolve {revision} {} applied`, or \
                 `not-applied`; then run again",
                statement + 1
            ),
            Some(_) => {
                "run again: the next run finds out what was carried out, and goes on from there".to_owned()
            }
        };
        self.found("interrupted-step", revision, message, remedy);
    }
}

/// Whether only people can tell what became of a statement that was begun.
fn asks(script: &Script<'_>, index: usize) -> bool {
    let recovery = script.recovery(index);
    recovery.probes.is_empty() && recovery.doubt == Doubt::Ask
}
