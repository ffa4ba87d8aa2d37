//! Planning the way to a target, and going it step by step.

use std::time::{Duration, Instant};

use migrate_core::graph::{Applied, Direction, Plan, Revision, Script, Target};

use super::{Ground, Progress, Run, lock::Hold, step::Work};
use crate::{
    Error, ErrorKind, Event, Report, Result, Transaction, boot::tell_ahead, cancel::cancelled,
    journal::Reading, report::StepReport,
};

impl Run<'_> {
    /// Upgrades or downgrades; first of all, a step that was interrupted is finished. Where others move the state
    /// meanwhile (where each step takes the lock), what is left of the plan is done.
    pub(super) async fn migrate(
        &mut self,
        direction: Direction,
        target: &Target,
        Progress { planned, report, .. }: &mut Progress,
    ) -> Result<()> {
        loop {
            let (reading, generation) = self.read_when_idle().await?;
            let ground = Ground::of(self.graph, &reading);
            if let Some(running) = reading.running() {
                ground.refuse_difference(self.graph)?;
                if self.options.pooled {
                    return Err(no_session(&running.revision, running.direction));
                }
                match self.resume(&reading, running, generation, &ground).await {
                    Ok(done) => report.steps.push(done),
                    Err(error) if error.kind() == ErrorKind::ClaimLost && self.may_replan() => {}
                    Err(error) => return Err(error),
                }
                continue;
            }
            let plan = match planned {
                Some(plan) => plan.remaining(&ground.applied),
                None => {
                    ground.refuse_trouble(self.graph, &reading)?;
                    let plan = ground.plan(self.graph, direction, target)?;
                    self.options.tell(&Event::Planned { steps: plan.steps.len() });
                    planned.insert(plan).clone()
                }
            };
            report.unknown = reading.unknown_heads(self.graph);
            if plan.steps.is_empty() {
                tell_ahead(self.options, &report.unknown);
                return Ok(());
            }
            ground.refuse_trouble(self.graph, &reading)?;
            ground.refuse_plan(self.graph, &reading, &plan)?;
            self.refuse_without_session(&plan)?;
            if report.backup.is_none() {
                report.backup = self.back_up(&reading).await?;
            }
            match self.run_plan(&plan, ground.applied, &reading, generation, report).await {
                Err(error) if error.kind() == ErrorKind::ClaimLost && self.may_replan() => {}
                Err(error) => {
                    return Err(match &report.backup {
                        Some(file) => error.with_backup(file),
                        None => error,
                    });
                }
                Ok(()) => return Ok(()),
            }
        }
    }

    /// Refuses steps outside a transaction where a pooler would spread them over several sessions.
    fn refuse_without_session(&self, plan: &Plan) -> Result<()> {
        let mut steps = plan.steps.iter().map(|step| (self.graph.revision(step.revision), step.direction));
        let outside = steps.find(|(revision, direction)| {
            self.options.pooled && self.is_journaled(revision.script_for(*direction).as_ref())
        });
        match outside {
            Some((revision, direction)) => Err(no_session(revision.id(), direction)),
            None => Ok(()),
        }
    }

    /// Whether a lost claim is no surprise, because others may work between our steps.
    pub(super) fn may_replan(&self) -> bool {
        self.hold == Hold::Step && Instant::now() < self.deadline
    }

    async fn run_plan(
        &mut self,
        plan: &Plan,
        mut applied: Applied<'_>,
        reading: &Reading,
        mut generation: i64,
        report: &mut Report,
    ) -> Result<()> {
        let together = self.options.settings.transaction == Transaction::Upgrade;
        let mut pending: Vec<StepReport> = Vec::new();
        let total = plan.steps.len();
        for (index, step) in plan.steps.iter().enumerate() {
            let revision = self.graph.revision(step.revision);
            let work = Work::new(self.graph, revision, step.direction, &applied, reading, generation);
            let script = work.script.as_ref();
            let journaled = self.is_journaled(script) || self.keeps_rows(script).await?;
            if self.options.cancel.has_come() {
                if !pending.is_empty() {
                    self.roll_back().await;
                }
                return Err(cancelled_before(revision, step.direction, (report.steps.len(), total)));
            }
            if journaled && !pending.is_empty() {
                self.commit_together(&mut pending, report).await?;
            }
            let (id, direction) = (revision.id().to_owned(), step.direction);
            self.options.tell(&Event::StepStarted {
                revision: id.clone(),
                direction,
                number: index + 1,
                of: total,
            });
            let started = Instant::now();
            let result = if journaled {
                self.run_journaled(&work).await
            } else {
                self.run_in_transaction(&work, together, pending.is_empty()).await
            };
            if let Err(error) = result {
                self.options.tell(&Event::StepFailed { revision: id, message: error.to_string() });
                return Err(error);
            }
            generation += 1;
            match direction {
                Direction::Up => applied.insert(step.revision),
                Direction::Down => applied.remove(step.revision),
            };
            let done = self.finished(revision, direction, work.script.as_ref(), started.elapsed());
            if together && !journaled {
                pending.push(done);
            } else {
                self.announce(&done);
                report.steps.push(done);
            }
        }
        if !pending.is_empty() {
            self.commit_together(&mut pending, report).await?;
        }
        Ok(())
    }

    pub(super) fn finished(
        &self,
        revision: Revision<'_>,
        direction: Direction,
        script: Option<&Script<'_>>,
        elapsed: Duration,
    ) -> StepReport {
        StepReport {
            revision: revision.id().to_owned(),
            message: revision.message().to_owned(),
            direction,
            statements: script.map_or(0, |script| script.statements.len()),
            elapsed,
        }
    }

    pub(super) fn announce(&self, done: &StepReport) {
        let StepReport { revision, direction, elapsed, .. } = done;
        let (revision, direction, elapsed) = (revision.clone(), *direction, *elapsed);
        self.options.tell(&Event::StepFinished { revision, direction, elapsed });
    }

    /// Commits the steps that share a transaction.
    async fn commit_together(&mut self, pending: &mut Vec<StepReport>, report: &mut Report) -> Result<()> {
        let sent = self.session.send("COMMIT").await.complete();
        if let Err(failure) = sent {
            self.roll_back().await;
            return Err(Error::of_failure("cannot commit the steps", failure));
        }
        for done in pending.drain(..) {
            self.announce(&done);
            report.steps.push(done);
        }
        Ok(())
    }
}

/// The error of a run that ends between two steps.
fn cancelled_before(next: Revision<'_>, direction: Direction, (done, total): (usize, usize)) -> Error {
    let id = next.id();
    let verb = if done == 1 { "is" } else { "are" };
    let standing =
        format!("cancelled before the {direction} step of `{id}`: {done} of {total} steps {verb} done");
    cancelled(standing).with_revision(id)
}

fn no_session(id: &str, direction: Direction) -> Error {
    let message = format!(
        "the {direction} step of `{id}` runs outside a transaction, and behind a transaction pooler there is no session \
         for it"
    );
    Error::new(ErrorKind::Unsupported, message)
        .with_revision(id)
        .with_hint("say by `direct_url` where the server is reached without the pooler")
}
