use super::{DataType, Expression, Origin, SequenceOptions};
use crate::{Name, ObjectName, QualifiedName};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// Its type; `None` where SQLite was given none, or where it is not known.
    pub data_type: Option<DataType>,
    /// Whether it refuses null. A primary key implies it on PostgreSQL.
    pub not_null: bool,
    /// Its default.
    pub default: Option<Expression>,
    /// The expression that computes it.
    pub generated: Option<Generated>,
    /// How it is numbered.
    pub identity: Option<Identity>,
    /// Its collation, where it is another than that of its type.
    pub collation: Option<ObjectName>,
    /// Which statement made it.
    pub made: Origin,
}

/// `GENERATED ALWAYS AS (..)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// What it computes.
    pub expression: Expression,
    /// Whether the value is stored, or computed when it is read.
    pub stored: bool,
}

/// `GENERATED .. AS IDENTITY`, or SQLite's `AUTOINCREMENT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Whether a value that an insert gives is refused: `ALWAYS`, not `BY DEFAULT`.
    pub always: bool,
    /// The sequence that numbers it, once the column is part of a schema; SQLite has none.
    pub sequence: Option<QualifiedName>,
    /// How it counts.
    pub options: SequenceOptions,
}
