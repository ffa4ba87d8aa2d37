use super::{Expression, Origin};
use crate::{Name, ObjectName};

/// An index of a table that is not the index of a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: Name,
    /// Whether the name was made by the database.
    pub named_by_database: bool,
    /// Whether it refuses equal keys.
    pub unique: bool,
    /// Its method: `btree`, `gin`, `hnsw`; SQLite has one only, `btree`.
    pub method: Name,
    /// What it sorts by, in order.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE`.
    pub include: Vec<Name>,
    /// The rows that it holds.
    pub predicate: Option<Expression>,
    /// Whether two nulls are the same.
    pub nulls_not_distinct: bool,
    /// Which statement made it.
    pub made: Origin,
}

/// One key of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexKey {
    /// What is sorted by.
    pub target: IndexTarget,
    /// The collation, where it is another than that of the column.
    pub collation: Option<ObjectName>,
    /// The operator class, where it is another than that of the type.
    pub operator_class: Option<ObjectName>,
    /// `DESC`.
    pub descending: bool,
    /// Whether nulls come first; as `DESC` implies where nothing is said.
    pub nulls_first: bool,
}

/// What an index sorts by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexTarget {
    /// A column.
    Column(Name),
    /// A value that is computed.
    Expression(Expression),
}

impl Index {
    /// Whether it keeps rows from having the same values in exactly these columns, in any order.
    #[must_use]
    pub fn covers_uniquely(&self, columns: &[Name]) -> bool {
        let is_covered =
            |key: &IndexKey| matches!(&key.target, IndexTarget::Column(name) if columns.contains(name));
        let has_key = |column: &Name| {
            self.keys.iter().any(|key| matches!(&key.target, IndexTarget::Column(name) if name == column))
        };
        self.unique
            && self.predicate.is_none()
            && self.keys.iter().all(is_covered)
            && columns.iter().all(has_key)
    }
}
