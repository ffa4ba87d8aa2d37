use std::{fmt, sync::Arc};

use super::Names;

/// A piece of SQL that computes a value: a default, a check, a key or a predicate of an index.
///
/// Expressions are equal where their canonical forms are: `a IN (1, 2)` and `(a = ANY (ARRAY[1, 2]))` are one.
#[derive(Clone, Debug)]
pub struct Expression {
    /// The text as it was written, without comments.
    pub sql: Arc<str>,
    /// What spellings that the database does not tell apart have in common. Not meant for people.
    pub canonical: Arc<str>,
    /// What it names. The first scope has no source of its own: what it uses belongs to the table that the expression
    /// is a part of.
    pub names: Names,
    /// Whether the text is still what the database would show: it is not once something that it names was renamed in a
    /// way that could not be followed. Two expressions of which one is not exact are never said to differ.
    pub exact: bool,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for Expression {}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}
