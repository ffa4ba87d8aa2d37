//! Where a database stands, in terms of the graph.

use migrate_core::{
    Graph,
    graph::{Applied, Direction, Down, Plan, Revision, RevisionIndex, StatementKind, Target},
};

use super::resume::interrupted;
use crate::{
    Error, ErrorKind, Result, Standing,
    journal::Reading,
    session::{Class, Failure},
};

/// What the rows of the database mean to this graph.
#[derive(Debug)]
pub(crate) struct Ground<'g> {
    /// The applied revisions that the graph knows.
    pub(crate) applied: Applied<'g>,
    /// Applied revisions that it does not know, sorted.
    pub(crate) unknown: Vec<String>,
    /// The first revision that was applied with another text.
    differing: Option<RevisionIndex>,
}

impl<'g> Ground<'g> {
    pub(crate) fn of(graph: &'g Graph, reading: &Reading) -> Self {
        let mut ground = Self { applied: Applied::none(graph), unknown: Vec::new(), differing: None };
        for row in &reading.versions {
            let Some(revision) = graph.find(&row.revision) else {
                ground.unknown.push(row.revision.clone());
                continue;
            };
            let index = revision.index();
            ground.applied.insert(index);
            let first = ground.differing.is_none_or(|first| index < first);
            if first && revision.fingerprint().to_string() != row.fingerprint {
                ground.differing = Some(index);
            }
        }
        ground.unknown.sort_unstable();
        ground
    }

    /// How the database stands, for people.
    pub(crate) fn standing(&self, graph: &Graph, reading: &Reading) -> Standing {
        let complete = self.applied.len() == graph.len();
        if let Some(running) = reading.running() {
            return Standing::Interrupted {
                revision: running.revision.clone(),
                direction: running.direction,
                statement: running.statement + 1,
                by: running.by.clone(),
                since: running.since.clone(),
            };
        }
        if let Some(index) = self.differing {
            return Standing::Diverged { revision: graph.revision(index).id().to_owned() };
        }
        match (reading.versions.is_empty(), complete, self.unknown.is_empty()) {
            (_, true, true) if !graph.is_empty() => Standing::Current,
            (true, ..) => Standing::Empty,
            (_, true, false) => Standing::Ahead,
            (_, false, true) => Standing::Behind,
            (_, false, false) => Standing::Forked,
            (false, true, true) => Standing::Current,
        }
    }

    /// Refuses a database in which no step can be taken, whatever the plan.
    pub(crate) fn refuse_trouble(&self, graph: &Graph, reading: &Reading) -> Result<()> {
        if let Some(running) = reading.running() {
            return Err(interrupted(running, "it has to be finished first").with_hint(
                "where that runner is still at work, wait for it; else `upgrade` finishes the step, and asks where it \
                 cannot find out what was carried out",
            ));
        }
        self.refuse_difference(graph)
    }

    /// Refuses a database whose history is not that of the graph.
    pub(crate) fn refuse_difference(&self, graph: &Graph) -> Result<()> {
        if let Some(index) = self.differing {
            let id = graph.revision(index).id();
            let message = format!("`{id}` was applied with another text than this binary has");
            return Err(Error::new(ErrorKind::Diverged, message).with_revision(id).with_hint(
                "restore the file as it was when it was applied, and put the change into a new revision; if the \
                 schema is right as it is, `stamp` the head",
            ));
        }
        if let Some((revision, missing)) = self.applied.missing().next() {
            let (id, missing) = (revision.id(), missing.id());
            let message = format!("`{id}` is applied but `{missing}`, which it rests on, is not");
            return Err(Error::new(ErrorKind::Bookkeeping, message)
                .with_revision(id)
                .with_hint("a row of the version table was lost: `stamp` what is really applied"));
        }
        Ok(())
    }

    /// The steps from here to a target.
    pub(crate) fn plan(&self, graph: &Graph, direction: Direction, target: &Target) -> Result<Plan> {
        let plan = match direction {
            Direction::Up => graph.plan_upgrade(&self.applied, target),
            Direction::Down => graph.plan_downgrade(&self.applied, target),
        };
        plan.map_err(|error| target_error(&error))
    }

    /// Refuses a plan that cannot be carried out to its end, before its first step.
    pub(crate) fn refuse_plan(&self, graph: &Graph, reading: &Reading, plan: &Plan) -> Result<()> {
        let mut applied = self.applied.clone();
        for step in &plan.steps {
            let revision = graph.revision(step.revision);
            let mut below = revision.parents().chain(revision.dependencies());
            let mut above = revision.children().chain(revision.dependents());
            let fits = match step.direction {
                Direction::Up => below.all(|other| applied.contains(other.index())),
                Direction::Down => !above.any(|other| applied.contains(other.index())),
            };
            if !fits {
                // Only a plan that others have overtaken.
                let moved = Failure::new(Class::ClaimLost, "another runner went another way meanwhile");
                return Err(Error::of_failure("cannot go on", moved));
            }
            match step.direction {
                Direction::Up => {
                    self.refuse_fork()?;
                    applied.insert(step.revision);
                }
                Direction::Down => {
                    refuse_way_back(revision, reading)?;
                    applied.remove(step.revision);
                }
            }
            refuse_transaction_control(revision, step.direction)?;
        }
        Ok(())
    }

    fn refuse_fork(&self) -> Result<()> {
        if self.unknown.is_empty() {
            return Ok(());
        }
        let unknown = quoted(self.unknown.iter().map(String::as_str));
        let message = format!(
            "the database has {unknown}, unknown to this binary, beside what this binary would apply"
        );
        Err(Error::new(ErrorKind::Forked, message).with_hint(
            "two versions of the service grew apart: merge their branches, and deploy a binary that has both",
        ))
    }
}

/// Refuses to undo what has no way back, or what something unknown rests on.
fn refuse_way_back(revision: Revision<'_>, reading: &Reading) -> Result<()> {
    let id = revision.id();
    if let Down::Irreversible(reason) = revision.down() {
        return Err(Error::new(ErrorKind::Irreversible, format!("`{id}` has no way back: {reason}"))
            .with_revision(id)
            .with_hint(
                "restore a backup, or write a new revision that goes forward to where you want to be",
            ));
    }
    let known = |id: &str| revision.graph().find(id).is_some();
    let resting =
        reading.versions.iter().find(|row| !known(&row.revision) && row.rests_on.iter().any(|on| on == id));
    match resting {
        None => Ok(()),
        Some(row) => {
            let unknown = &row.revision;
            let message = format!("`{unknown}`, unknown to this binary, rests on `{id}`");
            Err(Error::new(ErrorKind::UnknownRevision, message)
                .with_revision(id)
                .with_hint(format!(
                    "downgrade with the binary that knows `{unknown}`, or by the script that the database keeps of it: \
                     `with_stored_scripts`, `cargo migrate downgrade --stored-scripts`"
                )))
        }
    }
}

/// A script that commits would tear its step from its bookkeeping.
fn refuse_transaction_control(revision: Revision<'_>, direction: Direction) -> Result<()> {
    let Some(script) = revision.script_for(direction) else { return Ok(()) };
    let control =
        script.statements.iter().position(|statement| statement.kind == StatementKind::TransactionControl);
    match control {
        None => Ok(()),
        Some(index) => {
            let message = format!("a statement of `{}` begins or ends a transaction", revision.id());
            Err(Error::new(ErrorKind::TransactionControl, message)
                .with_revision(revision.id())
                .with_statement(crate::error::StatementPlace::of(&script, index, None))
                .with_hint(
                    "take it out: each step has a transaction of its own, or none with `transaction:false`",
                ))
        }
    }
}

/// A refusal of the planner, as an error of ours.
pub(crate) fn target_error(error: &migrate_core::graph::TargetError) -> Error {
    Error::new(ErrorKind::Target, error.to_string()).with_hint(error.help())
}

pub(crate) fn quoted<'s>(ids: impl Iterator<Item = &'s str>) -> String {
    ids.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
