use std::borrow::Cow;

use super::{Fingerprint, Revision, RevisionIndex, Statement};
use crate::Span;

/// A checked revision graph.
///
/// It is a handful of flat tables, so that the compiler can build it as a `static` and a directory that is loaded at
/// run time looks just the same. Build one with [`Graph::new`], which refuses every graph that is not sound; the
/// revisions then stand in one canonical topological order, and every plan and every listing keeps that order.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    tables: Tables,
}

/// The tables of a [`Graph`]. Only `embed_migrations!` and [`Graph::new`] write them.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Ids, messages, dates, labels, reasons and paths, one after the other; other tables hold spans into it.
    pub text: Cow<'static, str>,
    /// The files that hold scripts.
    pub sources: Cow<'static, [Source]>,
    /// One row a revision, in canonical topological order.
    pub rows: Cow<'static, [Row]>,
    /// Indices of revisions; see [`Row::edges`].
    pub edges: Cow<'static, [u32]>,
    /// The statements of all scripts; see [`ScriptRow::statements`].
    pub statements: Cow<'static, [Statement]>,
    /// How statements outside a transaction are recovered, sorted by statement.
    pub recoveries: Cow<'static, [RecoveryRow]>,
    /// Indices of the revisions, sorted by id (bytes).
    pub by_id: Cow<'static, [u32]>,
    /// The branch labels, sorted by name (bytes).
    pub labels: Cow<'static, [LabelRow]>,
}

/// A file that holds scripts.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path, relative to the migration directory, with `/`; a span of [`Tables::text`].
    pub path: Span,
    /// Its bytes, unchanged.
    pub text: Cow<'static, str>,
}

/// One revision.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its id; a span of [`Tables::text`], as are the next two.
    pub id: Span,
    /// Its message.
    pub message: Span,
    /// When it was made, `YYYY-MM-DD HH:MM:SS` in UTC; empty where the file does not say.
    pub created: Span,
    /// Where, in [`Tables::edges`], its parents, its dependencies, its children (by `revises`) and its dependents
    /// (by `depends-on`) begin, and where the last of them end.
    pub edges: [u32; 5],
    /// The up script; `None` where there is nothing to run (a merge).
    pub up: Option<ScriptRow>,
    /// The way back.
    pub down: DownRow,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
}

/// Where a script stands.
#[derive(Clone, Copy, Debug)]
pub struct ScriptRow {
    /// Index into [`Tables::sources`].
    pub source: u32,
    /// The section within the file, without the line of its marker.
    pub section: Span,
    /// Range of [`Tables::statements`].
    pub statements: [u32; 2],
    /// Whether it runs in a transaction.
    pub transaction: bool,
}

/// The way back of a revision.
#[derive(Clone, Copy, Debug)]
pub enum DownRow {
    /// Nothing to run.
    Nothing,
    /// A script.
    Script(ScriptRow),
    /// There is no way back; the reason is a span of [`Tables::text`].
    Irreversible(Span),
}

/// How a statement is recovered.
#[derive(Clone, Copy, Debug)]
pub struct RecoveryRow {
    /// Index into [`Tables::statements`].
    pub statement: u32,
    /// The text of a [`Recovery`](super::Recovery); a span of [`Tables::text`].
    pub text: Span,
}

/// A branch label.
#[derive(Clone, Copy, Debug)]
pub struct LabelRow {
    /// Its name; a span of [`Tables::text`].
    pub name: Span,
    /// The revision that carries it.
    pub revision: u32,
}

impl Tables {
    /// Tables of no revision.
    pub const EMPTY: Self = Self {
        text: Cow::Borrowed(""),
        sources: Cow::Borrowed(&[]),
        rows: Cow::Borrowed(&[]),
        edges: Cow::Borrowed(&[]),
        statements: Cow::Borrowed(&[]),
        recoveries: Cow::Borrowed(&[]),
        by_id: Cow::Borrowed(&[]),
        labels: Cow::Borrowed(&[]),
    };
}

impl Default for Tables {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Graph {
    /// A graph of no revision.
    pub const EMPTY: Self = Self { tables: Tables::EMPTY };

    /// The graph of tables that [`Graph::new`] wrote, in this process or while the program was compiled.
    ///
    /// Tables from elsewhere are not checked: what the methods then answer is unspecified.
    #[must_use]
    pub const fn from_tables(tables: Tables) -> Self {
        Self { tables }
    }

    /// The tables.
    #[must_use]
    pub const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// How many revisions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables.rows.len()
    }

    /// Whether there is no revision.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.rows.is_empty()
    }

    /// All revisions, parents and dependencies before those that rest on them.
    pub fn revisions(&self) -> impl DoubleEndedIterator<Item = Revision<'_>> + ExactSizeIterator {
        (0..self.tables.rows.len() as u32).map(|index| Revision::new(self, RevisionIndex(index)))
    }

    /// The revision at an index.
    ///
    /// # Panics
    /// Where the index is of another, larger graph.
    #[must_use]
    pub fn revision(&self, index: RevisionIndex) -> Revision<'_> {
        assert!((index.0 as usize) < self.tables.rows.len(), "the index belongs to another graph");
        Revision::new(self, index)
    }

    /// The revision with exactly this id. It works in a `const`, in time logarithmic in the size of the graph.
    #[must_use]
    pub const fn find(&self, id: &str) -> Option<Revision<'_>> {
        let by_id = slice(&self.tables.by_id);
        let rows = slice(&self.tables.rows);
        let text = match &self.tables.text {
            Cow::Borrowed(text) => text.as_bytes(),
            Cow::Owned(text) => text.as_str().as_bytes(),
        };
        let (mut low, mut high) = (0, by_id.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let index = by_id[middle];
            match compare(text, rows[index as usize].id, id.as_bytes()) {
                0 => return Some(Revision::new(self, RevisionIndex(index))),
                order if order < 0 => low = middle + 1,
                _ => high = middle,
            }
        }
        None
    }
}

#[expect(clippy::ptr_arg, reason = "`Deref` of a `Cow` is no `const fn`")]
const fn slice<'a, T: Clone>(cow: &'a Cow<'static, [T]>) -> &'a [T] {
    match cow {
        Cow::Borrowed(slice) => slice,
        Cow::Owned(vec) => vec.as_slice(),
    }
}

/// Negative, zero or positive, as the bytes of `span` sort before, equal to or after `id`.
const fn compare(text: &[u8], span: Span, id: &[u8]) -> i32 {
    let start = span.start as usize;
    let len = span.len() as usize;
    let mut i = 0;
    while i < len && i < id.len() {
        let (a, b) = (text[start + i], id[i]);
        if a != b {
            return a as i32 - b as i32;
        }
        i += 1;
    }
    if len < id.len() {
        -1
    } else if len > id.len() {
        1
    } else {
        0
    }
}
