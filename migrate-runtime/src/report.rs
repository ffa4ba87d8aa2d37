use std::{path::PathBuf, time::Duration};

use migrate_core::{
    Dialect,
    graph::{Direction, Revision},
};
use serde::{Serialize, Serializer};

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Which database it was.
    #[serde(serialize_with = "dialect")]
    pub database: Dialect,
    /// The steps that were done by this run, in order. Empty where there was nothing to do.
    pub steps: Vec<StepReport>,
    /// The revisions that a stamp, or an adoption, wrote down as applied and that were not before, in order.
    pub stamped: Vec<String>,
    /// Heads in the database that this binary does not know, sorted. Not empty: the database is newer.
    pub unknown: Vec<String>,
    /// The backup that was made before the first step, where one was asked for.
    pub backup: Option<PathBuf>,
}

impl Report {
    pub(crate) fn nothing(database: Dialect, unknown: Vec<String>) -> Self {
        Self { database, steps: Vec::new(), stamped: Vec::new(), unknown, backup: None }
    }

    /// Whether there was nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.stamped.is_empty()
    }
}

/// What became of a statement in doubt: the answer to [`ErrorKind::Interrupted`](crate::ErrorKind::Interrupted).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It was carried out.
    Applied,
    /// It was not carried out, and nothing of it is left.
    NotApplied,
}

/// One step that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepReport {
    /// The revision's id.
    pub revision: String,
    /// What it does, in the author's words.
    pub message: String,
    /// Up or down.
    #[serde(serialize_with = "direction")]
    pub direction: Direction,
    /// How many statements were run.
    pub statements: usize,
    /// How long it took, its bookkeeping included. Milliseconds, as `elapsed_ms`, where it is serialised.
    #[serde(rename = "elapsed_ms", serialize_with = "milliseconds")]
    pub elapsed: Duration,
}

/// A step that would be done: what [`plan`](crate::Graph::plan) answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlannedStep {
    /// The revision's id.
    pub revision: String,
    /// What it does, in the author's words.
    pub message: String,
    /// Up or down.
    #[serde(serialize_with = "direction")]
    pub direction: Direction,
    /// The file of the script; `None` where there is nothing to run.
    pub file: Option<String>,
    /// Whether the script runs in a transaction.
    pub transaction: bool,
    /// Its statements.
    pub statements: Vec<String>,
}

/// A revision as [`history`](crate::Graph::history) lists it, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HistoryEntry {
    /// The revision's id.
    pub revision: String,
    /// The ids that it revises.
    pub parents: Vec<String>,
    /// The ids that it depends on.
    pub dependencies: Vec<String>,
    /// Its branch labels.
    pub labels: Vec<String>,
    /// What it does, in the author's words.
    pub message: String,
    /// When it was made: `YYYY-MM-DD HH:MM:SS` in UTC.
    pub created: Option<String>,
    /// Whether nothing revises it.
    pub is_head: bool,
    /// When it was applied, as the database writes dates; `None` where it is not, or where no database was asked.
    pub applied_at: Option<String>,
    /// Whether it is a head of the database.
    pub is_current: bool,
}

impl HistoryEntry {
    pub(crate) fn of(revision: Revision<'_>) -> Self {
        Self {
            revision: revision.id().to_owned(),
            parents: revision.parents().map(|parent| parent.id().to_owned()).collect(),
            dependencies: revision.dependencies().map(|other| other.id().to_owned()).collect(),
            labels: revision.labels().map(str::to_owned).collect(),
            message: revision.message().to_owned(),
            created: revision.created().map(str::to_owned),
            is_head: revision.is_head(),
            applied_at: None,
            is_current: false,
        }
    }
}

pub(crate) fn dialect<S: Serializer>(dialect: &Dialect, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(dialect.name())
}

pub(crate) fn direction<S: Serializer>(direction: &Direction, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(direction)
}

/// To a thousandth.
pub(crate) fn milliseconds<S: Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(elapsed.as_micros() as f64 / 1000.0)
}
