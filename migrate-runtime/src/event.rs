use std::{path::PathBuf, time::Duration};

use migrate_core::graph::Direction;
use serde::Serialize;

/// Something that happened during a run, for an [observer](crate::On::observer).
///
/// The same events go to `tracing`, under the target `migrate`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// Another runner holds the migration lock; told once, and again whenever the holder changes.
    Waiting {
        /// Who holds it, as far as the database tells.
        holder: Option<String>,
    },
    /// A step did not get a lock on a table in time; nothing was changed, and it is tried again after a pause.
    Retrying {
        /// The revision.
        revision: String,
        /// What the database said.
        message: String,
        /// Which try failed, from 1.
        number: usize,
        /// How many tries there are.
        of: usize,
        /// How long it waits before the next one.
        pause: Duration,
        /// Who holds locks on what the statement speaks of, as far as the database tells.
        blockers: Vec<String>,
    },
    /// The work was planned.
    Planned {
        /// How many steps there are.
        steps: usize,
    },
    /// A backup was made, and can be read.
    BackedUp {
        /// The file.
        file: PathBuf,
        /// Its size.
        bytes: u64,
        /// How long it took. Milliseconds, as `elapsed_ms`, where it is serialised.
        #[serde(rename = "elapsed_ms", serialize_with = "crate::report::milliseconds")]
        elapsed: Duration,
    },
    /// The database has revisions that this binary does not know; nothing was done.
    Ahead {
        /// The heads among them.
        unknown: Vec<String>,
    },
    /// A step begins.
    StepStarted {
        /// The revision.
        revision: String,
        /// Up or down.
        #[serde(serialize_with = "crate::report::direction")]
        direction: Direction,
        /// Which step it is, from 1.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// A step outside a transaction that was interrupted goes on.
    StepResumed {
        /// The revision.
        revision: String,
        /// Up or down.
        #[serde(serialize_with = "crate::report::direction")]
        direction: Direction,
        /// The first statement that is run now, from 1; beyond the last where all are done.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// The connection was lost in the middle of the work; another one is made.
    Reconnecting {
        /// How it was lost.
        message: String,
    },
    /// A statement outside a transaction begins.
    StatementStarted {
        /// The revision.
        revision: String,
        /// Which statement of the script, from 1.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// A step is done, its bookkeeping included.
    StepFinished {
        /// The revision.
        revision: String,
        /// Up or down.
        #[serde(serialize_with = "crate::report::direction")]
        direction: Direction,
        /// How long it took. Milliseconds, as `elapsed_ms`, where it is serialised.
        #[serde(rename = "elapsed_ms", serialize_with = "crate::report::milliseconds")]
        elapsed: Duration,
    },
    /// A step failed, and was rolled back where it could be.
    StepFailed {
        /// The revision.
        revision: String,
        /// What went wrong.
        message: String,
    },
}

impl Event {
    pub(crate) fn trace(&self) {
        match self {
            Self::Waiting { holder } => {
                let holder = holder.as_deref().unwrap_or("unknown");
                tracing::info!(target: "migrate", holder, "waiting for the migration lock");
            }
            Self::Retrying { revision, message, number, of, pause, blockers } => {
                let blockers = blockers.join("; ");
                tracing::warn!(target: "migrate", revision, message, number, of, ?pause, blockers, "trying again");
            }
            Self::Planned { steps } => tracing::debug!(target: "migrate", steps, "planned"),
            Self::BackedUp { file, bytes, elapsed } => {
                let file = file.display();
                tracing::info!(target: "migrate", %file, bytes, ?elapsed, "backed up");
            }
            Self::Ahead { unknown } => {
                let unknown = unknown.join(", ");
                tracing::warn!(target: "migrate", unknown, "the database is newer than this binary");
            }
            Self::StepStarted { revision, direction, number, of } => {
                tracing::info!(target: "migrate", revision, %direction, number, of, "step started");
            }
            Self::StepResumed { revision, direction, number, of } => {
                tracing::info!(target: "migrate", revision, %direction, number, of, "step resumed");
            }
            Self::Reconnecting { message } => {
                tracing::warn!(target: "migrate", message, "the connection was lost; connecting again");
            }
            Self::StatementStarted { revision, number, of } => {
                tracing::debug!(target: "migrate", revision, number, of, "statement started");
            }
            Self::StepFinished { revision, direction, elapsed } => {
                tracing::info!(target: "migrate", revision, %direction, ?elapsed, "step finished");
            }
            Self::StepFailed { revision, message } => {
                tracing::error!(target: "migrate", revision, message, "step failed");
            }
        }
    }
}
