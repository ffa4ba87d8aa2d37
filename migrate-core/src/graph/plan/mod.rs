//! Plans: which revisions a command applies or takes back, and in which order.

mod downgrade;
mod history;
mod offline;
mod stamp;
mod upgrade;

use std::fmt;

use super::{Applied, RevisionIndex, set::RevisionSet};

/// Ordered steps.
///
/// An upgrade lists revisions in the canonical order of the graph, a downgrade in the reverse of it, so that after each
/// step the applied set is closed. A plan with nothing to do has no steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps, first to last.
    pub steps: Vec<Step>,
}

/// One revision in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The revision.
    pub revision: RevisionIndex,
    /// Whether it is applied or taken back.
    pub direction: Direction,
    /// Where no line of parents connects the revision with the target, the one of the same plan with which it comes
    /// along: in an upgrade one that rests on it, in a downgrade one on which it rests.
    pub comes_with: Option<RevisionIndex>,
}

/// Which way a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The up script runs, and the revision is applied afterwards.
    Up,
    /// The down script runs, and the revision is no longer applied afterwards.
    Down,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Down => "down",
        })
    }
}

impl Plan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What is left of the plan when others have done part of it: the steps up whose revision is not applied yet, and
    /// the steps down whose revision still is.
    #[must_use]
    pub fn remaining(&self, applied: &Applied<'_>) -> Self {
        let is_left = |step: &&Step| applied.contains(step.revision) == (step.direction == Direction::Down);
        Self { steps: self.steps.iter().filter(is_left).copied().collect() }
    }
}

/// The steps for a set of revisions, of which the target itself asks for `asked`; `reason` finds, for each of the
/// others, the revision that it comes with.
fn plan(
    revisions: &RevisionSet,
    asked: &RevisionSet,
    direction: Direction,
    reason: impl Fn(RevisionIndex) -> Option<RevisionIndex>,
) -> Plan {
    let step = |revision| {
        let comes_with = if asked.contains(revision) { None } else { reason(revision) };
        Step { revision, direction, comes_with }
    };
    let steps = match direction {
        Direction::Up => revisions.iter().map(step).collect(),
        Direction::Down => revisions.iter().rev().map(step).collect(),
    };
    Plan { steps }
}
