use std::collections::BTreeMap;

use super::{Column, Constraint, Expression, Index, Origin, Policy, Trigger};
use crate::{Name, QualifiedName};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its constraints, in the order in which they were made.
    pub constraints: Vec<Constraint>,
    /// Its indexes, by name, without those of constraints.
    pub indexes: BTreeMap<Name, Index>,
    /// Its triggers, by name.
    pub triggers: BTreeMap<Name, Trigger>,
    /// Its policies, by name.
    pub policies: BTreeMap<Name, Policy>,
    /// `ENABLE ROW LEVEL SECURITY`.
    pub row_security: bool,
    /// `FORCE ROW LEVEL SECURITY`.
    pub force_row_security: bool,
    /// What outlives a crash or a session.
    pub persistence: Persistence,
    /// The tables that it inherits from, in order; its parent where it is a partition.
    pub inherits: Vec<QualifiedName>,
    /// How it is divided into partitions.
    pub partitioning: Option<Partitioning>,
    /// Which rows of its parent it holds, where it is a partition.
    pub partition: Option<PartitionBound>,
    /// SQLite's `WITHOUT ROWID`.
    pub without_rowid: bool,
    /// SQLite's `STRICT`.
    pub strict: bool,
    /// The module and its arguments, where it is a virtual table of SQLite.
    pub module: Option<String>,
    /// Whether all of the above is known. Where it is not, a column that is not listed may be there.
    pub known: bool,
    /// Whether the order of the columns is known.
    pub order_known: bool,
    /// Which statement made it.
    pub made: Origin,
}

impl Table {
    /// A table without anything.
    #[must_use]
    pub fn empty(made: Origin) -> Self {
        Self {
            columns: Vec::new(),
            constraints: Vec::new(),
            indexes: BTreeMap::new(),
            triggers: BTreeMap::new(),
            policies: BTreeMap::new(),
            row_security: false,
            force_row_security: false,
            persistence: Persistence::Permanent,
            inherits: Vec::new(),
            partitioning: None,
            partition: None,
            without_rowid: false,
            strict: false,
            module: None,
            known: true,
            order_known: true,
            made,
        }
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == *name)
    }

    /// The constraint of this name.
    #[must_use]
    pub fn constraint(&self, name: &Name) -> Option<&Constraint> {
        self.constraints.iter().find(|constraint| constraint.name.as_ref() == Some(name))
    }
}

/// What outlives a crash or a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persistence {
    /// All of it, the default.
    #[default]
    Permanent,
    /// `UNLOGGED`: the table, but not its rows after a crash.
    Unlogged,
    /// `TEMPORARY`: nothing.
    Temporary,
}

/// `PARTITION BY ..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partitioning {
    /// `RANGE`, `LIST`, `HASH`, in upper case.
    pub strategy: String,
    /// What decides about the partition, in order.
    pub keys: Vec<Partition>,
}

/// One key of `PARTITION BY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Partition {
    /// A column.
    Column(Name),
    /// A value that is computed.
    Expression(Expression),
}

/// `FOR VALUES ..`, or `DEFAULT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionBound {
    /// The text as an expression: `FOR VALUES FROM (1) TO (2)`, `DEFAULT`.
    pub sql: Expression,
}
