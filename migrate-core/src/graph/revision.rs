use std::fmt;

use super::{Direction, DownRow, Fingerprint, Graph, Recovery, RecoveryRow, Row, ScriptRow};
use crate::Span;

/// The place of a revision in the canonical order of its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionIndex(pub u32);

/// One node of a [`Graph`]: an id, its parents, its up and down script.
#[derive(Clone, Copy)]
pub struct Revision<'g> {
    graph: &'g Graph,
    index: RevisionIndex,
}

impl<'g> Revision<'g> {
    pub(super) const fn new(graph: &'g Graph, index: RevisionIndex) -> Self {
        Self { graph, index }
    }

    fn row(self) -> &'g Row {
        &self.graph.tables().rows[self.index.0 as usize]
    }

    fn text(self, span: Span) -> &'g str {
        span.of(&self.graph.tables().text)
    }

    fn edges(self, kind: usize) -> impl DoubleEndedIterator<Item = Revision<'g>> + ExactSizeIterator + Clone {
        let bounds = &self.row().edges;
        let edges = &self.graph.tables().edges[bounds[kind] as usize..bounds[kind + 1] as usize];
        edges.iter().map(move |&index| Revision::new(self.graph, RevisionIndex(index)))
    }

    fn script(self, row: &ScriptRow) -> Script<'g> {
        let tables = self.graph.tables();
        let source = &tables.sources[row.source as usize];
        let first = |statement: u32| tables.recoveries.partition_point(|row| row.statement < statement);
        let recoveries = Recoveries {
            rows: &tables.recoveries[first(row.statements[0])..first(row.statements[1])],
            text: &tables.text,
            first: row.statements[0],
        };
        Script {
            recoveries,
            file: self.text(source.path),
            source: &source.text,
            section: row.section,
            statements: &tables.statements[row.statements[0] as usize..row.statements[1] as usize],
            transaction: row.transaction,
        }
    }

    /// Its place in the canonical order of the graph.
    #[must_use]
    pub const fn index(self) -> RevisionIndex {
        self.index
    }

    /// The graph that it belongs to.
    #[must_use]
    pub const fn graph(self) -> &'g Graph {
        self.graph
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> &'g str {
        self.text(self.row().id)
    }

    /// What it does, in the author's words; may be empty.
    #[must_use]
    pub fn message(self) -> &'g str {
        self.text(self.row().message)
    }

    /// When it was made: `YYYY-MM-DD HH:MM:SS` in UTC, where the file says so.
    #[must_use]
    pub fn created(self) -> Option<&'g str> {
        Some(self.text(self.row().created)).filter(|date| !date.is_empty())
    }

    /// The revisions that it revises: none for a base, two or more for a merge.
    pub fn parents(self) -> impl DoubleEndedIterator<Item = Revision<'g>> + ExactSizeIterator + Clone {
        self.edges(0)
    }

    /// The revisions of other branches that have to be there first.
    pub fn dependencies(self) -> impl DoubleEndedIterator<Item = Revision<'g>> + ExactSizeIterator + Clone {
        self.edges(1)
    }

    /// The revisions that revise it.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Revision<'g>> + ExactSizeIterator + Clone {
        self.edges(2)
    }

    /// The revisions that depend on it.
    pub fn dependents(self) -> impl DoubleEndedIterator<Item = Revision<'g>> + ExactSizeIterator + Clone {
        self.edges(3)
    }

    /// Its branch labels.
    pub fn labels(self) -> impl Iterator<Item = &'g str> + Clone {
        let labels = self.graph.tables().labels.iter().filter(move |row| row.revision == self.index.0);
        labels.map(move |row| self.text(row.name))
    }

    /// Whether nothing revises it.
    #[must_use]
    pub fn is_head(self) -> bool {
        self.children().len() == 0
    }

    /// Whether it revises nothing.
    #[must_use]
    pub fn is_base(self) -> bool {
        self.parents().len() == 0
    }

    /// Whether it revises two revisions or more.
    #[must_use]
    pub fn is_merge(self) -> bool {
        self.parents().len() > 1
    }

    /// The script that applies it; `None` where there is nothing to run.
    #[must_use]
    pub fn up(self) -> Option<Script<'g>> {
        self.row().up.as_ref().map(|row| self.script(row))
    }

    /// The way back.
    #[must_use]
    pub fn down(self) -> Down<'g> {
        match &self.row().down {
            DownRow::Nothing => Down::Nothing,
            DownRow::Script(row) => Down::Script(self.script(row)),
            DownRow::Irreversible(reason) => Down::Irreversible(self.text(*reason)),
        }
    }

    /// The script of a step: up or down; `None` where there is nothing to run.
    #[must_use]
    pub fn script_for(self, direction: Direction) -> Option<Script<'g>> {
        match (direction, self.down()) {
            (Direction::Up, _) => self.up(),
            (Direction::Down, Down::Script(script)) => Some(script),
            (Direction::Down, Down::Nothing | Down::Irreversible(_)) => None,
        }
    }

    /// The chain hash over its up script and all of its history.
    #[must_use]
    pub fn fingerprint(self) -> &'g Fingerprint {
        &self.row().fingerprint
    }
}

impl PartialEq for Revision<'_> {
    /// Two revisions are equal where they stand at the same place of the same graph.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.index == other.index
    }
}

impl Eq for Revision<'_> {}

impl fmt::Debug for Revision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Revision").field(&self.id()).finish()
    }
}

/// The up or the down half of a revision.
#[derive(Clone, Copy, Debug)]
pub struct Script<'g> {
    /// The file, relative to the migration directory, with `/`.
    pub file: &'g str,
    /// The whole text of that file.
    pub source: &'g str,
    /// The script within the file, without the line of its marker.
    pub section: Span,
    /// Its statements, in order.
    pub statements: &'g [Statement],
    /// Whether it runs in a transaction.
    pub transaction: bool,
    /// How its statements are recovered.
    pub recoveries: Recoveries<'g>,
}

impl<'g> Script<'g> {
    /// The text of the section.
    #[must_use]
    pub fn text(&self) -> &'g str {
        self.section.of(self.source)
    }

    /// The texts of its statements, without their separators.
    pub fn statement_texts(&self) -> impl ExactSizeIterator<Item = &'g str> + use<'g> {
        let source = self.source;
        self.statements.iter().map(move |statement| statement.span.of(source))
    }

    /// How the statement at this index is recovered where it runs outside a transaction.
    #[must_use]
    pub fn recovery(&self, index: usize) -> Recovery {
        self.recoveries.of(index).and_then(|text| text.parse().ok()).unwrap_or(Recovery::UNKNOWN)
    }
}

/// The recoveries of the statements of one script.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recoveries<'g> {
    rows: &'g [RecoveryRow],
    text: &'g str,
    /// The index of the script's first statement among those of the graph.
    first: u32,
}

impl<'g> Recoveries<'g> {
    fn of(&self, index: usize) -> Option<&'g str> {
        let statement = self.first + u32::try_from(index).ok()?;
        let row = self.rows.binary_search_by_key(&statement, |row| row.statement).ok()?;
        Some(self.rows[row].text.of(self.text))
    }
}

/// The way back of a revision.
#[derive(Clone, Copy, Debug)]
pub enum Down<'g> {
    /// Nothing to run: a merge, or an up that changes no schema.
    Nothing,
    /// A script.
    Script(Script<'g>),
    /// The author declared that there is no way back, for this reason.
    Irreversible(&'g str),
}

/// One SQL statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its bytes within the file, from its first word to its last, without the separator.
    pub span: Span,
    /// What its first words tell.
    pub kind: StatementKind,
}

impl Statement {
    /// A statement at `start..end` of its file.
    #[must_use]
    pub const fn new(start: u32, end: u32, kind: StatementKind) -> Self {
        Self { span: Span::new(start, end), kind }
    }
}

/// What the first words of a statement tell about how it may be run. It decides nothing about the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementKind {
    /// Reads or changes rows (`SELECT`, `INSERT`, `UPDATE`, `DELETE`, ..): shares a transaction on every database.
    Data,
    /// Changes one object of the schema: where the database reports an error, nothing of it was done.
    Schema,
    /// Changes the session (`SET`, `PRAGMA`, `USE`).
    Session,
    /// Begins or ends a transaction.
    TransactionControl,
    /// Anything else.
    Other,
}
