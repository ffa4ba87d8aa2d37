//! A step outside a transaction that was interrupted goes on where it stands.

use std::time::Instant;

use migrate_core::graph::{ObjectKind, Probe, Revision, Script};

use super::{
    Ground, Run,
    lock::Hold,
    look::{Look, script_digest},
    step::Work,
    verdict::{Verdict, verdict},
};
use crate::{
    Error, ErrorKind, Event, Result,
    error::StatementPlace,
    journal::{Reading, Running},
    report::StepReport,
    session::{Class, Failure},
};

impl<'r> Run<'r> {
    /// Finishes the step that was begun and not finished, whoever began it, in its own direction.
    pub(super) async fn resume(
        &mut self,
        reading: &Reading,
        running: &Running,
        generation: i64,
        ground: &Ground<'r>,
    ) -> Result<StepReport> {
        let started = Instant::now();
        let (revision, script) = self.interrupted_script(running)?;
        let next = self.next_statement(running, &script).await?;
        let work = Work::new(self.graph, revision, running.direction, &ground.applied, reading, generation);
        self.options.tell(&Event::StepResumed {
            revision: revision.id().to_owned(),
            direction: running.direction,
            number: next + 1,
            of: script.statements.len(),
        });
        let result =
            self.carry_out(&work, next, |journal, position| journal.take_over(generation, position)).await;
        if let Err(error) = &result {
            let revision = revision.id().to_owned();
            self.options.tell(&Event::StepFailed { revision, message: error.to_string() });
        }
        result?;
        let done = self.finished(revision, running.direction, Some(&script), started.elapsed());
        self.announce(&done);
        Ok(done)
    }

    /// The script that was interrupted, where this binary has it as it was run.
    fn interrupted_script(&self, running: &Running) -> Result<(Revision<'r>, Script<'r>)> {
        let Some(revision) = self.graph.find(&running.revision) else {
            return Err(interrupted(running, "this binary does not know the revision")
                .with_hint("start the binary that knows it: it finishes the step"));
        };
        let Some(script) = revision.script_for(running.direction) else {
            return Err(interrupted(running, "this binary has no script for it")
                .with_hint("start the binary that has it: it finishes the step"));
        };
        refuse_edited(running, &script)?;
        let is = script_digest(&script, running.statement, running.begun);
        if !running.script.is_empty() && running.script != is {
            return Err(self.question(running, &script, "the statement was changed since"));
        }
        Ok((revision, script))
    }

    /// Who is at work on a step outside a transaction, as far as that can be told: the server may go on for a client that
    /// is gone. Without the lock, a session that rests may come back to its step, and counts as well.
    pub(super) async fn at_work(&mut self, running: &Running) -> Result<Option<Failure>> {
        match self.fence() {
            Ok(_) => {}
            Err(failure) => return Ok(Some(failure)),
        }
        let Some((session, locked)) = running.session() else { return Ok(None) };
        let rests = self.hold != Hold::Session || !locked;
        let Some(query) = self.room.at_work(session, rests) else { return Ok(None) };
        let rows = self.query_patiently(&query).await.map_err(cannot_look)?;
        let busy = |who: String| {
            Failure::new(
                Class::Locked,
                format!("{who} is at work on `{}`, outside a transaction", running.revision),
            )
        };
        Ok(rows.into_iter().flatten().flatten().next().map(busy))
    }

    /// The first statement that is not carried out. What an interrupted one left half done is finished, or removed.
    async fn next_statement(&mut self, running: &Running, script: &Script<'_>) -> Result<usize> {
        let index = running.statement;
        if !running.begun {
            return Ok(index);
        }
        let recovery = script.recovery(index);
        let look = self.look(&recovery).await.map_err(cannot_look)?;
        let Look { before, now, invalid } = look.unwrap_or_default();
        let [before, now]: [Vec<&str>; 2] = [&before, &now].map(|images| images.split_whitespace().collect());
        let (statements, next): (Option<Vec<String>>, usize) =
            match verdict(&recovery, &before, &now, &invalid) {
                Verdict::Again(leftovers) => {
                    (leftovers.iter().map(|probe| self.room.remove_invalid(probe)).collect(), index)
                }
                Verdict::Done(rest) => (self.drop(&rest), index + 1),
                Verdict::Unclear(why) => return Err(self.question(running, script, &why)),
            };
        let Some(statements) = statements else {
            return Err(self.question(running, script, "what is left of it cannot be told"));
        };
        for statement in statements {
            let sent = self.session.send(&statement).await.complete();
            let doing = format!("cannot finish statement {} of `{}`", index + 1, running.revision);
            sent.map_err(|failure| Error::of_failure(&doing, failure).with_revision(&running.revision))?;
        }
        Ok(next)
    }

    /// Drops all of these objects, which are of one kind, at once: they may refer to each other.
    fn drop(&self, objects: &[&Probe]) -> Option<Vec<String>> {
        let Some(first) = objects.first() else { return Some(Vec::new()) };
        let can_be_listed = matches!(first.kind, ObjectKind::Table | ObjectKind::View | ObjectKind::Sequence);
        if !can_be_listed || objects.iter().any(|probe| probe.kind != first.kind) {
            return None;
        }
        let name = |probe: &&Probe| {
            let name = self.room.identifier(&probe.name);
            probe
                .schema
                .as_ref()
                .map_or(name.clone(), |schema| format!("{}.{name}", self.room.identifier(schema)))
        };
        let names = objects.iter().map(name).collect::<Vec<_>>().join(", ");
        Some(vec![format!("DROP {} {names}", first.kind.to_string().to_uppercase())])
    }

    fn question(&self, running: &Running, script: &Script<'_>, why: &str) -> Error {
        let (id, number) = (&running.revision, running.statement + 1);
        interrupted(running, &format!("{why}, so that it is not known whether that was carried out"))
            .with_statement(StatementPlace::of(script, running.statement, None))
            .with_hint(format!(
                "look at the database, and say so: `resolve` `{id}` {number} `applied`, or `not-applied`; the next \
                 start then goes on from there"
            ))
    }
}

/// Refuses a script whose first statements are not those that were run.
pub(super) fn refuse_edited(running: &Running, script: &Script<'_>) -> Result<()> {
    let index = running.statement;
    // Nothing is written where somebody answered who had no script at hand.
    let done = running.script.split(' ').next().filter(|done| !done.is_empty());
    let is_edited = done.is_some_and(|done| done != script_digest(script, index, false));
    if !is_edited && index <= script.statements.len() {
        return Ok(());
    }
    Err(interrupted(running, "its script was changed since").with_hint(format!(
        "restore the first {index} statements, which were run, and start again; or bring the schema to where it should be \
         by hand, and `stamp` the revision that it is at"
    )))
}

/// The error of a step that cannot go on without people.
pub(super) fn interrupted(running: &Running, why: &str) -> Error {
    let Running { revision, direction, statement, by, since, .. } = running;
    let message = format!(
        "the {direction} step of `{revision}`, which {by} began at {since}, was interrupted at statement {}: {why}",
        statement + 1
    );
    Error::new(ErrorKind::Interrupted, message).with_revision(revision)
}

fn cannot_look(failure: Failure) -> Error {
    Error::of_failure("cannot see what became of the interrupted step", failure)
}
