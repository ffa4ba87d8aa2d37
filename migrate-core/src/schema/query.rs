use std::sync::Arc;

use super::DataType;
use crate::{Name, ObjectName};

/// A query: the body of a view, the source of `INSERT .. SELECT` and of `CREATE TABLE .. AS`.
#[derive(Clone, Debug)]
pub struct Query {
    /// The text as it was written, without comments.
    pub sql: Arc<str>,
    /// What spellings that the database does not tell apart have in common.
    pub canonical: Arc<str>,
    /// What it names; the scope with index 0 is the outermost.
    pub names: Names,
    /// The columns that it gives, in order; `None` where they could not be told.
    pub outputs: Option<Vec<Output>>,
    /// As [`Expression::exact`](super::Expression::exact).
    pub exact: bool,
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for Query {}

/// One entry of a list of results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A value with a name; where it is a plain column, also which one.
    Value {
        /// The name that the result has: its alias, or that of its column or function.
        name: Name,
        /// The column that it is.
        column: Option<ColumnUse>,
    },
    /// `*`, or `t.*`.
    All {
        /// The `t`.
        qualifier: Option<Name>,
    },
}

/// What a piece of SQL names, by the scopes that names are looked up in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The scopes: each query within the SQL opens one. An outer scope stands before its inner ones.
    pub scopes: Vec<Scope>,
    /// Functions that it calls, built-in ones among them.
    pub functions: Vec<ObjectName>,
    /// Types that it casts to.
    pub types: Vec<DataType>,
    /// Sequences that it names in a string: `nextval('ids')`.
    pub sequences: Vec<ObjectName>,
    /// Whether nothing was left out. Where something was, an object that is not listed may be used all the same.
    pub complete: bool,
}

/// Where names of columns are looked up: the sources of one query, and then those of the query around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The scope around it, by its place in [`Names::scopes`].
    pub parent: Option<usize>,
    /// What it selects from.
    pub sources: Vec<Source>,
    /// The columns that it uses.
    pub columns: Vec<ColumnUse>,
    /// Names in double quotes that SQLite takes for a column where there is one, and for a string where there is none.
    pub maybe_columns: Vec<Name>,
    /// Names that its own results give, which `ORDER BY` and `GROUP BY` may use.
    pub aliases: Vec<Name>,
}

/// An entry of `FROM`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name that columns are qualified by; `None` where there is none.
    pub alias: Option<Name>,
    /// What it is.
    pub relation: SourceRelation,
    /// The names that its alias gives to its columns: `t (a, b)`.
    pub columns: Vec<Name>,
}

/// What an entry of `FROM` is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceRelation {
    /// A table or view.
    Relation(ObjectName),
    /// A query in parentheses, or one that `WITH` has named: the columns that it gives, where they could be told.
    Query {
        /// As [`Query::outputs`].
        outputs: Option<Vec<Output>>,
        /// Its scope, by its place in [`Names::scopes`].
        scope: usize,
    },
    /// A call of a function, `VALUES`, or something that could not be read: it may have any column.
    Opaque,
}

/// A name that stands for a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// What stands before it: an alias, a table.
    pub qualifier: Option<ObjectName>,
    /// The name.
    pub name: Name,
}
