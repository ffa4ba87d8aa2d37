use std::time::Duration;

use migrate_core::graph::{Direction, Revision};

use super::{Names, way_back};
use crate::database::{INVALID, Room};

/// Writes the statements of the bookkeeping of one namespace. Nothing here is sent; the executor decides when.
pub(crate) struct Journal<'a> {
    pub(crate) room: &'a dyn Room,
    pub(crate) names: &'a Names,
    pub(crate) namespace: &'a str,
    /// Who writes: program and process.
    pub(crate) runner: &'a str,
    /// Whether our session holds the lock for as long as it works.
    pub(crate) locked: bool,
}

/// What stands before a session that holds no lock for as long as it works.
pub(super) const UNLOCKED: &str = "unlocked ";

/// Where a script outside a transaction stands.
pub(crate) struct Position {
    /// The first statement (from 0) that is not known to be done.
    pub(crate) statement: usize,
    /// The digest of the statements that are done, and of the one that is begun.
    pub(crate) script: String,
    /// Where the statement is begun: an expression for how what it changes looks before.
    pub(crate) images: Option<String>,
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
    /// Somebody said what became of a statement.
    Resolve,
}

impl Record {
    fn name(self) -> &'static str {
        match self {
            Self::Step(Direction::Up) => "up",
            Self::Step(Direction::Down) => "down",
            Self::Stamp => "stamp",
            Self::Resolve => "resolve",
        }
    }
}

/// How the running columns of an idle namespace are written.
const IDLE: &str = "running_revision = NULL, running_direction = NULL, running_statement = NULL, \
                    running_script = NULL, running_image = NULL, running_by = NULL, running_session = NULL, \
                    running_since = NULL";

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
        revision: &str,
        direction: Direction,
        position: &Position,
    ) -> String {
        let also = format!(
            ", running_revision = {}, running_direction = {}, {}{}",
            self.literal(revision),
            self.literal(Record::Step(direction).name()),
            self.position(position),
            self.by_me(),
        );
        self.claiming(generation, &also, true)
    }

    /// Takes a step over that another runner left; matches no row where that one, or a third, has gone on.
    pub(crate) fn take_over(&self, generation: i64, position: &Position) -> String {
        let also = format!(", {}{}", self.position(position), self.by_me());
        self.claiming(generation, &also, false) + " AND running_revision IS NOT NULL"
    }

    fn by_me(&self) -> String {
        let by = self.literal(self.runner);
        let session = match (self.locked, self.room.session()) {
            (true, session) => session.to_owned(),
            (false, session) => self.room.joined(&[self.literal(UNLOCKED), session.to_owned()]),
        };
        format!(", running_by = {by}, running_session = {session}, running_since = {}", self.room.now())
    }

    fn position(&self, position: &Position) -> String {
        let Position { statement, script, images } = position;
        format!(
            "running_statement = {statement}, running_script = {}, running_image = {}",
            self.literal(script),
            images.as_deref().unwrap_or("NULL"),
        )
    }

    /// Notes where the running script stands; matches no row where somebody else has taken over.
    pub(crate) fn advance(&self, generation: i64, position: &Position) -> String {
        format!(
            "UPDATE {} SET {} WHERE namespace = {} AND generation = {generation} AND running_revision IS NOT NULL",
            self.names.state,
            self.position(position),
            self.namespace(),
        )
    }

    /// A query for three texts: how what the running statement changes looked before it, how it looks now, and how
    /// something looks that cannot be used.
    pub(crate) fn images(&self, now: &str) -> String {
        let before = self.room.as_text("running_image");
        let invalid = self.room.digest(&self.literal(INVALID));
        let (state, namespace) = (&self.names.state, self.namespace());
        format!("SELECT {before}, {now}, {invalid} FROM {state} WHERE namespace = {namespace}")
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
