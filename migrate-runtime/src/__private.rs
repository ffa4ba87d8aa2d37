//! What the code that `embed_migrations!` generates names. It is no part of the public interface: the macro and this
//! crate are released together, and nobody else may lean on it.

use std::borrow::Cow;

pub use include_dir::DirEntry;
use include_dir::{Dir, File};
pub use migrate_core::{
    Dialect, Online,
    graph::{LabelRow, RecoveryRow, Row, Source, Statement, Tables},
};
use migrate_core::{
    Span,
    graph::{DownRow, Fingerprint, ScriptRow, StatementKind},
};

pub use crate::Edition;
use crate::{Graph, Settings, Transaction};

/// The graph of these editions.
#[must_use]
pub const fn graph(editions: &'static [Edition], sources: Dir<'static>, settings: Settings) -> Graph {
    Graph::embedded(editions, sources, settings)
}

/// A graph that answers any id: it stands in for one that did not compile.
#[must_use]
pub const fn stub() -> Graph {
    Graph::stub()
}

/// The graph for one database.
#[must_use]
pub const fn edition(dialect: Dialect, tables: Tables) -> Edition {
    Edition { dialect, graph: migrate_core::Graph::from_tables(tables) }
}

/// The tables of a graph.
#[must_use]
#[expect(clippy::too_many_arguments, reason = "one a table, and only generated code calls it")]
pub const fn tables(
    text: &'static str,
    sources: &'static [Source],
    rows: &'static [Row],
    edges: &'static [u32],
    statements: &'static [Statement],
    recoveries: &'static [RecoveryRow],
    by_id: &'static [u32],
    labels: &'static [LabelRow],
) -> Tables {
    Tables {
        text: Cow::Borrowed(text),
        sources: Cow::Borrowed(sources),
        rows: Cow::Borrowed(rows),
        edges: Cow::Borrowed(edges),
        statements: Cow::Borrowed(statements),
        recoveries: Cow::Borrowed(recoveries),
        by_id: Cow::Borrowed(by_id),
        labels: Cow::Borrowed(labels),
    }
}

/// A file: its path as a span of the text table, and its text.
#[must_use]
pub const fn source(start: u32, end: u32, text: &'static str) -> Source {
    Source { path: Span::new(start, end), text: Cow::Borrowed(text) }
}

/// A revision: its id, message and date as spans of the text table, its edges, its scripts, its fingerprint.
#[must_use]
pub const fn row(
    [id, message, created]: [[u32; 2]; 3],
    edges: [u32; 5],
    up: Option<ScriptRow>,
    down: DownRow,
    fingerprint: &[u8; 32],
) -> Row {
    let fingerprint = Fingerprint::from_bytes(*fingerprint);
    Row { id: span(id), message: span(message), created: span(created), edges, up, down, fingerprint }
}

const fn span([start, end]: [u32; 2]) -> Span {
    Span::new(start, end)
}

/// An up script: its file, its section, its statements, and whether it runs in a transaction.
#[must_use]
pub const fn up(
    source: u32,
    section: [u32; 2],
    statements: [u32; 2],
    transaction: bool,
) -> Option<ScriptRow> {
    Some(ScriptRow { source, section: span(section), statements, transaction })
}

/// Nothing to run.
#[must_use]
pub const fn up_nothing() -> Option<ScriptRow> {
    None
}

/// A down script, likewise.
#[must_use]
pub const fn down(source: u32, section: [u32; 2], statements: [u32; 2], transaction: bool) -> DownRow {
    DownRow::Script(ScriptRow { source, section: span(section), statements, transaction })
}

/// Nothing to take back.
#[must_use]
pub const fn down_nothing() -> DownRow {
    DownRow::Nothing
}

/// No way back; the reason as a span of the text table.
#[must_use]
pub const fn down_irreversible(start: u32, end: u32) -> DownRow {
    DownRow::Irreversible(Span::new(start, end))
}

/// A statement: where it stands, and its kind by its place in [`StatementKind`].
#[must_use]
pub const fn statement(start: u32, end: u32, kind: u8) -> Statement {
    let kind = match kind {
        0 => StatementKind::Data,
        1 => StatementKind::Schema,
        2 => StatementKind::Session,
        3 => StatementKind::TransactionControl,
        _ => StatementKind::Other,
    };
    Statement::new(start, end, kind)
}

/// How a statement is recovered: its index, and the text as a span of the text table.
#[must_use]
pub const fn recovery(statement: u32, start: u32, end: u32) -> RecoveryRow {
    RecoveryRow { statement, text: Span::new(start, end) }
}

/// A branch label: its name as a span of the text table, and its revision.
#[must_use]
pub const fn label(start: u32, end: u32, revision: u32) -> LabelRow {
    LabelRow { name: Span::new(start, end), revision }
}

/// A file of the embedded directory.
#[must_use]
pub const fn file(path: &'static str, text: &'static str) -> DirEntry<'static> {
    DirEntry::File(File::new(path, text.as_bytes()))
}

/// A folder of the embedded directory.
#[must_use]
pub const fn folder(path: &'static str, files: &'static [DirEntry<'static>]) -> DirEntry<'static> {
    DirEntry::Dir(Dir::new(path, files))
}

/// The embedded directory.
#[must_use]
pub const fn dir(files: &'static [DirEntry<'static>]) -> Dir<'static> {
    Dir::new("", files)
}

/// What `migrate.toml` says about the run.
#[must_use]
pub const fn settings(
    namespace: &'static str,
    prefix: &'static str,
    schema: Option<&'static str>,
    whole_upgrade: bool,
    online: Option<Online>,
) -> Settings {
    Settings {
        namespace: Cow::Borrowed(namespace),
        prefix: Cow::Borrowed(prefix),
        schema: match schema {
            Some(schema) => Some(Cow::Borrowed(schema)),
            None => None,
        },
        transaction: if whole_upgrade { Transaction::Upgrade } else { Transaction::Step },
        online,
    }
}
