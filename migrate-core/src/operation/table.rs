use super::{ColumnDefinition, RelationKind};
use crate::{
    Name, ObjectName,
    schema::{Constraint, PartitionBound, Partitioning, Persistence, Query},
};

/// `CREATE TABLE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTable {
    /// Its name.
    pub name: ObjectName,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// What it is made of.
    pub definition: TableDefinition,
}

/// What a new table is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableDefinition {
    /// The columns, in order, with the constraints that stand at them.
    pub columns: Vec<ColumnDefinition>,
    /// The constraints that stand by themselves, in order.
    pub constraints: Vec<Constraint>,
    /// `LIKE`, each with the number of columns that stand before it.
    pub likes: Vec<(usize, Like)>,
    /// What outlives a crash or a session.
    pub persistence: Persistence,
    /// `INHERITS`; the parent of a partition.
    pub inherits: Vec<ObjectName>,
    /// `PARTITION BY`.
    pub partitioning: Option<Partitioning>,
    /// `FOR VALUES ..`.
    pub partition: Option<PartitionBound>,
    /// `AS SELECT ..`.
    pub source: Option<TableSource>,
    /// SQLite's `WITHOUT ROWID`.
    pub without_rowid: bool,
    /// SQLite's `STRICT`.
    pub strict: bool,
    /// SQLite's `USING module(..)`.
    pub module: Option<String>,
}

/// `CREATE TABLE .. AS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSource {
    /// The query.
    pub query: Query,
    /// The names that it gives to the columns, where it does.
    pub columns: Vec<Name>,
}

/// `LIKE source INCLUDING ..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    /// The table that is copied from.
    pub source: ObjectName,
    /// What is copied besides names, types and `NOT NULL`.
    pub including: Vec<LikePart>,
}

/// What `LIKE` can copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LikePart {
    /// `CONSTRAINTS`: checks.
    Constraints,
    /// `DEFAULTS`.
    Defaults,
    /// `GENERATED`.
    Generated,
    /// `IDENTITY`.
    Identity,
    /// `INDEXES`, with primary keys, unique and exclusion constraints.
    Indexes,
}

/// Making a table anew: new columns and constraints, the same rows, indexes and triggers. No single statement does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebuildTable {
    /// The table.
    pub table: ObjectName,
    /// What it is made of from now on.
    pub definition: TableDefinition,
}

/// `DROP TABLE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropTable {
    /// The names.
    pub names: Vec<ObjectName>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}

/// What `ALTER TABLE` changes of a table as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterTable {
    /// The table.
    pub table: ObjectName,
    /// What the statement calls it: `ALTER VIEW` does not find a table.
    pub kind: RelationKind,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// What it changes.
    pub change: TableChange,
}

/// What can be changed of a table as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableChange {
    /// `ENABLE ROW LEVEL SECURITY` and its contrary.
    RowSecurity(bool),
    /// `FORCE ROW LEVEL SECURITY` and its contrary.
    ForceRowSecurity(bool),
    /// `SET LOGGED`, `SET UNLOGGED`.
    Persistence(Persistence),
    /// `INHERIT`.
    Inherit(ObjectName),
    /// `NO INHERIT`.
    NoInherit(ObjectName),
    /// `ATTACH PARTITION`.
    AttachPartition {
        /// The new partition.
        partition: ObjectName,
        /// Which rows it holds.
        bound: PartitionBound,
    },
    /// `DETACH PARTITION`.
    DetachPartition(ObjectName),
    /// Ownership, storage, statistics, replica identity: nothing that a schema holds.
    Nothing,
}
