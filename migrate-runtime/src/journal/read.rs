use std::fmt::Write as _;

use migrate_core::{Graph, graph::Direction};

use super::{FORMAT, Names, write::UNLOCKED};
use crate::{Error, ErrorKind, Result, database::Room};

/// What the bookkeeping tables say, for one namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// `None` where the namespace was never used.
    pub(crate) state: Option<StateRow>,
    pub(crate) versions: Vec<VersionRow>,
}

/// The row of a namespace in the state table.
#[derive(Clone, Debug)]
pub(crate) struct StateRow {
    pub(crate) generation: i64,
    pub(crate) running: Option<Running>,
}

/// A step that was begun outside a transaction and is not finished.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) revision: String,
    pub(crate) direction: Direction,
    /// The first statement (from 0) that is not known to be done.
    pub(crate) statement: usize,
    /// The digest of the statements that are done and of the one that was begun.
    pub(crate) script: String,
    /// Whether that statement was begun, and may have been carried out.
    pub(crate) begun: bool,
    pub(crate) by: String,
    session: String,
    pub(crate) since: String,
}

impl Running {
    /// Which session of the server ran it, where there are such, and whether that held the lock for as long.
    pub(crate) fn session(&self) -> Option<(&str, bool)> {
        match self.session.strip_prefix(UNLOCKED) {
            Some(session) => Some((session, false)),
            None => (!self.session.is_empty()).then_some((&self.session, true)),
        }
    }
}

/// The row of an applied revision.
#[derive(Clone, Debug)]
pub(crate) struct VersionRow {
    pub(crate) revision: String,
    pub(crate) fingerprint: String,
    /// What it rests on, by either kind of edge.
    pub(crate) rests_on: Vec<String>,
    pub(crate) is_head: bool,
    pub(crate) applied_at: String,
}

/// The query for everything.
pub(crate) fn everything(room: &dyn Room, names: &Names, namespace: &str) -> String {
    select(room, names, namespace, None)
}

/// The query for the state, the heads and these revisions.
pub(crate) fn heads_and<'a>(
    room: &dyn Room,
    names: &Names,
    namespace: &str,
    revisions: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut filter = "is_head = 1".to_owned();
    let list: Vec<String> = revisions.into_iter().map(|id| room.literal(id)).collect();
    if !list.is_empty() {
        let _ = write!(filter, " OR revision IN ({})", list.join(", "));
    }
    select(room, names, namespace, Some(&filter))
}

/// One statement, so that all rows are of one moment.
fn select(room: &dyn Room, names: &Names, namespace: &str, filter: Option<&str>) -> String {
    let namespace = room.literal(namespace);
    let state = [
        "format",
        "generation",
        "running_revision",
        "running_direction",
        "running_statement",
        "running_script",
        "running_image",
        "running_by",
        "running_session",
        "running_since",
    ];
    let version = ["revision", "fingerprint", "parents", "depends_on", "is_head", "applied_at"];
    let columns =
        |columns: &[&str]| columns.iter().map(|column| room.as_text(column)).collect::<Vec<_>>().join(", ");
    let filter = filter.map_or(String::new(), |filter| format!(" AND ({filter})"));
    format!(
        "SELECT 's', {} FROM {} WHERE namespace = {namespace} \
         UNION ALL SELECT 'v', {}, {} FROM {} WHERE namespace = {namespace}{filter}",
        columns(&state),
        names.state,
        columns(&version),
        vec!["NULL"; state.len() - version.len()].join(", "),
        names.version,
    )
}

impl Reading {
    /// Reads the rows of one of the queries above.
    ///
    /// # Errors
    /// [`ErrorKind::Bookkeeping`] where the tables are of a newer format, or hold what we never wrote.
    pub(crate) fn parse(rows: Vec<Vec<Option<String>>>, names: &Names) -> Result<Self> {
        let mut reading = Self::default();
        for row in rows {
            let mut cells = Cells::new(names, row);
            if cells.text("kind")? == "s" {
                reading.state = Some(cells.state()?);
            } else {
                reading.versions.push(cells.version()?);
            }
        }
        Ok(reading)
    }

    /// The heads in the database.
    pub(crate) fn heads(&self) -> impl Iterator<Item = &VersionRow> {
        self.versions.iter().filter(|row| row.is_head)
    }

    /// The heads in the database that a graph does not know, sorted.
    pub(crate) fn unknown_heads(&self, graph: &Graph) -> Vec<String> {
        let heads = self.heads().filter(|head| graph.find(&head.revision).is_none());
        let mut unknown: Vec<String> = heads.map(|head| head.revision.clone()).collect();
        unknown.sort_unstable();
        unknown
    }

    /// The step that was begun and not finished.
    pub(crate) fn running(&self) -> Option<&Running> {
        self.state.as_ref()?.running.as_ref()
    }

    /// The row of a revision.
    pub(crate) fn version(&self, id: &str) -> Option<&VersionRow> {
        self.versions.iter().find(|row| row.revision == id)
    }
}

/// The cells of a row, taken one by one.
pub(super) struct Cells<'a> {
    table: &'a Names,
    cells: std::vec::IntoIter<Option<String>>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(table: &'a Names, row: Vec<Option<String>>) -> Self {
        Self { table, cells: row.into_iter() }
    }

    fn optional(&mut self) -> Option<String> {
        self.cells.next().flatten()
    }

    pub(super) fn text(&mut self, column: &str) -> Result<String> {
        self.optional().ok_or_else(|| self.unreadable(column, "NULL"))
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self, column: &str) -> Result<T> {
        let text = self.text(column)?;
        text.parse().map_err(|_| self.unreadable(column, &text))
    }

    fn unreadable(&self, column: &str, value: &str) -> Error {
        let [state, version, _] = self.table.plain();
        Error::new(ErrorKind::Bookkeeping, format!("`{column}` in `{state}` or `{version}` is {value}"))
            .with_hint("somebody changed the bookkeeping tables by hand: restore the row")
    }

    fn state(&mut self) -> Result<StateRow> {
        let format: u32 = self.number("format")?;
        if format > FORMAT {
            let table = &self.table.plain()[0];
            let message = format!("`{table}` has format {format}; this binary knows formats up to {FORMAT}");
            return Err(Error::new(ErrorKind::Bookkeeping, message)
                .with_hint("a newer version of migrate-runtime wrote it: update this binary"));
        }
        let generation = self.number("generation")?;
        let running = match self.optional() {
            None => None,
            Some(revision) => Some(Running {
                revision,
                direction: match self.text("running_direction")?.as_str() {
                    "up" => Direction::Up,
                    "down" => Direction::Down,
                    other => return Err(self.unreadable("running_direction", other)),
                },
                statement: self.number("running_statement")?,
                script: self.optional().unwrap_or_default(),
                begun: self.optional().is_some(),
                by: self.optional().unwrap_or_default(),
                session: self.optional().unwrap_or_default(),
                since: self.optional().unwrap_or_default(),
            }),
        };
        Ok(StateRow { generation, running })
    }

    fn version(&mut self) -> Result<VersionRow> {
        let revision = self.text("revision")?;
        let fingerprint = self.text("fingerprint")?;
        let (parents, depends_on) = (self.text("parents")?, self.text("depends_on")?);
        let rests_on = parents.split(',').chain(depends_on.split(','));
        let rests_on = rests_on.filter(|id| !id.is_empty()).map(str::to_owned).collect();
        let is_head = match self.text("is_head")?.as_str() {
            "0" => false,
            "1" => true,
            other => return Err(self.unreadable("is_head", other)),
        };
        Ok(VersionRow { revision, fingerprint, rests_on, is_head, applied_at: self.text("applied_at")? })
    }
}
