use migrate_core::{Dialect, graph::Direction};
use serde::Serialize;

/// How a database stands to a graph. Reading it needs no rights but to read, and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Status {
    /// Which database it is.
    #[serde(serialize_with = "crate::report::dialect")]
    pub database: Dialect,
    /// Whose graph it is; empty by default.
    pub namespace: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether everything of this graph is applied, and nothing is in the way: a service may work.
    pub up_to_date: bool,
    /// The heads in the database, known to this graph or not, sorted.
    pub current: Vec<String>,
    /// The heads of this graph.
    pub heads: Vec<String>,
    /// What is not applied, in the order in which it would be.
    pub pending: Vec<Pending>,
    /// Ids in the database that this graph does not know, sorted.
    pub unknown: Vec<String>,
}

/// How a database stands to a graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
#[non_exhaustive]
pub enum Standing {
    /// Nothing was ever applied.
    Empty,
    /// All of the graph is applied, and nothing else.
    Current,
    /// Some of the graph is not applied.
    Behind,
    /// All of the graph is applied, and revisions that it does not know: a newer binary was here.
    Ahead,
    /// A revision is applied with another text than this graph has: history was edited.
    Diverged {
        /// The first revision that differs.
        revision: String,
    },
    /// Revisions of this graph are missing beside revisions that it does not know.
    Forked,
    /// A step outside a transaction was begun and not finished.
    Interrupted {
        /// The revision.
        revision: String,
        /// Up or down.
        #[serde(serialize_with = "crate::report::direction")]
        direction: Direction,
        /// The first statement (from 1) that is not known to be done.
        statement: usize,
        /// Who ran it.
        by: String,
        /// Since when, as the database writes dates.
        since: String,
    },
}

/// A revision that is not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Pending {
    /// Its id.
    pub revision: String,
    /// What it does, in the author's words.
    pub message: String,
}

impl Standing {
    /// Whether a service may work on the database: all of its graph is applied as it stands. With an empty graph,
    /// that is so from the start.
    pub(crate) fn lets_serve(&self, graph_is_empty: bool) -> bool {
        matches!(self, Self::Current | Self::Ahead) || (graph_is_empty && *self == Self::Empty)
    }
}
