use std::time::Duration;

use migrate_core::graph::{Direction, Revision};

use super::{Names, way_back};
use crate::database::Room;

/// Writes the statements of the bookkeeping of one namespace. Nothing here is sent; the executor decides when.
pub(crate) struct Journal<'a> {
    pub(crate) room: &'a dyn Room,
    pub(crate) names: &'a Names,
    pub(crate) namespace: &'a str,
    /// Who writes: program and process.
    pub(crate) runner: &'a str,
}

/// What a row of the history says beside revision and direction.
pub(crate) struct Entry<'e> {
    pub(crate) generation: i64,
    pub(crate) statements_done: usize,
    pub(crate) statements: usize,
    pub(crate) elapsed: Duration,
    pub(crate) error: Option<&'e str>,
}

/// What a row of the history records.
#[derive(Clone, Copy)]
pub(crate) enum Record {
    Step(Direction),
    Stamp,
}

impl Record {
    fn name(self) -> &'static str {
        match self {
            Self::Step(Direction::Up) => "up",
            Self::Step(Direction::Down) => "down",
            Self::Stamp => "stamp",
        }
    }
}

/// How the running columns of an idle namespace are written.
const IDLE: &str = "running_revision = NULL, running_direction = NULL, running_statement = NULL, \
                    running_fingerprint = NULL, running_image = NULL, running_by = NULL, running_since = NULL";

impl Journal<'_> {
    fn literal(&self, text: &str) -> String {
        self.room.literal(text)
    }

    fn namespace(&self) -> String {
        self.literal(self.namespace)
    }

    fn list<'r>(&self, ids: impl IntoIterator<Item = &'r str>) -> String {
        ids.into_iter().map(|id| self.literal(id)).collect::<Vec<_>>().join(", ")
    }

    /// The first row of the namespace.
    pub(crate) fn first_state(&self) -> String {
        let values = format!("{}, {}, 0", self.namespace(), super::FORMAT);
        self.room.insert_state(&self.names.state, "namespace, format, generation", &values)
    }

    fn claiming(&self, generation: i64, also: &str, only_idle: bool) -> String {
        let idle = if only_idle { " AND running_revision IS NULL" } else { "" };
        format!(
            "UPDATE {} SET generation = {}{also} WHERE namespace = {} AND generation = {generation}{idle}",
            self.names.state,
            generation + 1,
            self.namespace(),
        )
    }

    /// Takes the state from `generation` to the next; matches no row where somebody else has moved it, or where a step
    /// is running.
    pub(crate) fn claim(&self, generation: i64) -> String {
        self.claiming(generation, "", true)
    }

    /// The same, whether or not a step was interrupted, which it forgets.
    pub(crate) fn claim_by_force(&self, generation: i64) -> String {
        self.claiming(generation, &format!(", {IDLE}"), false)
    }

    /// The same, announcing that the statements of a script are run outside a transaction.
    pub(crate) fn claim_running(
        &self,
        generation: i64,
        revision: Revision<'_>,
        direction: Direction,
    ) -> String {
        let also = format!(
            ", running_revision = {}, running_direction = {}, running_statement = 0, running_fingerprint = {}, \
             running_by = {}, running_since = {}",
            self.literal(revision.id()),
            self.literal(Record::Step(direction).name()),
            self.literal(&revision.fingerprint().to_string()),
            self.literal(self.runner),
            self.room.now(),
        );
        self.claiming(generation, &also, true)
    }

    /// Notes that statement `index` of the running script is next; matches no row where somebody else has taken over.
    pub(crate) fn advance(&self, generation: i64, index: usize) -> String {
        format!(
            "UPDATE {} SET running_statement = {index} WHERE namespace = {} AND generation = {generation} \
             AND running_revision IS NOT NULL",
            self.names.state,
            self.namespace(),
        )
    }

    /// Notes that no step is running any more; matches no row where somebody else has taken over.
    pub(crate) fn finish_running(&self, generation: i64) -> String {
        format!(
            "UPDATE {} SET {IDLE} WHERE namespace = {} AND generation = {generation} \
             AND running_revision IS NOT NULL",
            self.names.state,
            self.namespace(),
        )
    }

    /// Marks these revisions as heads, or as none.
    pub(crate) fn mark_heads<'r>(
        &self,
        revisions: impl IntoIterator<Item = &'r str>,
        is_head: bool,
    ) -> Option<String> {
        let list = self.list(revisions);
        (!list.is_empty()).then(|| {
            format!(
                "UPDATE {} SET is_head = {} WHERE namespace = {} AND revision IN ({list})",
                self.names.version,
                u8::from(is_head),
                self.namespace(),
            )
        })
    }

    /// Adds the row of an applied revision.
    pub(crate) fn insert_version(&self, revision: Revision<'_>, is_head: bool) -> String {
        let ids = |revisions: &mut dyn Iterator<Item = Revision<'_>>| {
            self.literal(&revisions.map(Revision::id).collect::<Vec<_>>().join(","))
        };
        format!(
            "INSERT INTO {} (namespace, revision, fingerprint, parents, depends_on, is_head, down, applied_at) \
             VALUES ({}, {}, {}, {}, {}, {}, {}, {})",
            self.names.version,
            self.namespace(),
            self.literal(revision.id()),
            self.literal(&revision.fingerprint().to_string()),
            ids(&mut revision.parents()),
            ids(&mut revision.dependencies()),
            u8::from(is_head),
            self.literal(&way_back::write(revision.down())),
            self.room.now(),
        )
    }

    /// Removes the rows of these revisions.
    pub(crate) fn delete_versions<'r>(&self, revisions: impl IntoIterator<Item = &'r str>) -> String {
        let (table, namespace) = (&self.names.version, self.namespace());
        format!(
            "DELETE FROM {table} WHERE namespace = {namespace} AND revision IN ({})",
            self.list(revisions)
        )
    }

    /// Adds a row to the history.
    pub(crate) fn record(
        &self,
        record: Record,
        revision: &str,
        fingerprint: &str,
        entry: &Entry<'_>,
    ) -> String {
        let outcome = if entry.error.is_some() { "failed" } else { "done" };
        format!(
            "INSERT INTO {} (namespace, revision, direction, outcome, fingerprint, generation, statements_done, \
             statements, elapsed_ms, runner, error, recorded_at) \
             VALUES ({}, {}, '{}', '{outcome}', {}, {}, {}, {}, {}, {}, {}, {})",
            self.names.history,
            self.namespace(),
            self.literal(revision),
            record.name(),
            self.literal(fingerprint),
            entry.generation,
            entry.statements_done,
            entry.statements,
            self.room.elapsed(entry.elapsed),
            self.literal(self.runner),
            entry.error.map_or("NULL".to_owned(), |error| self.literal(error)),
            self.room.now(),
        )
    }
}
