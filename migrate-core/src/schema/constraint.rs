use super::{Expression, IndexKey, Origin};
use crate::{Name, ObjectName};

/// A constraint of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Its name. On PostgreSQL each has one once it is part of a schema; on SQLite most have none.
    pub name: Option<Name>,
    /// Whether the name was made by the database: then it is no more than a consequence of what was there at the time.
    pub named_by_database: bool,
    /// The column at which it is declared on SQLite, with which it goes; `None` where it stands by itself.
    pub column: Option<Name>,
    /// What it demands.
    pub kind: ConstraintKind,
    /// When it is checked.
    pub deferral: Deferral,
    /// Whether all rows are known to keep it: not after `NOT VALID`.
    pub validated: bool,
    /// Which statement made it.
    pub made: Origin,
}

/// What a constraint demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// `PRIMARY KEY`.
    PrimaryKey {
        /// Its columns, in order.
        columns: Vec<Name>,
        /// `INCLUDE`.
        include: Vec<Name>,
    },
    /// `UNIQUE`.
    Unique {
        /// Its columns, in order.
        columns: Vec<Name>,
        /// `INCLUDE`.
        include: Vec<Name>,
        /// Whether two nulls are the same.
        nulls_not_distinct: bool,
    },
    /// `FOREIGN KEY`.
    ForeignKey(ForeignKey),
    /// `CHECK`.
    Check {
        /// What has to hold.
        expression: Expression,
        /// Whether children do not inherit it.
        no_inherit: bool,
    },
    /// `EXCLUDE`.
    Exclude {
        /// The index method.
        method: Name,
        /// What is compared, and how.
        elements: Vec<ExcludeElement>,
        /// The rows that it speaks of.
        predicate: Option<Expression>,
        /// `INCLUDE`.
        include: Vec<Name>,
    },
    /// A table's `NOT NULL` by name, as PostgreSQL 18 has it. The column says whether it refuses null; this is the name.
    NotNull {
        /// The column.
        column: Name,
    },
}

/// One element of `EXCLUDE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcludeElement {
    /// What is compared.
    pub key: IndexKey,
    /// The operator.
    pub operator: String,
}

/// `FOREIGN KEY .. REFERENCES ..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The columns that refer.
    pub columns: Vec<Name>,
    /// The table that they refer to; with its schema once it is part of a schema.
    pub table: ObjectName,
    /// The columns that they refer to; empty in an operation where the statement names none and means the primary key.
    pub referenced: Vec<Name>,
    /// What becomes of the rows when a row that they refer to is deleted.
    pub on_delete: ForeignKeyAction,
    /// What becomes of them when its key changes.
    pub on_update: ForeignKeyAction,
    /// The columns that `SET NULL` or `SET DEFAULT` is limited to.
    pub set_columns: Vec<Name>,
    /// How rows with some nulls are treated.
    pub match_kind: MatchKind,
}

/// What a foreign key does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForeignKeyAction {
    /// `NO ACTION`, the default.
    #[default]
    NoAction,
    /// `RESTRICT`.
    Restrict,
    /// `CASCADE`.
    Cascade,
    /// `SET NULL`.
    SetNull,
    /// `SET DEFAULT`.
    SetDefault,
}

/// How a foreign key treats rows with some nulls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchKind {
    /// `MATCH SIMPLE`, the default.
    #[default]
    Simple,
    /// `MATCH FULL`.
    Full,
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deferral {
    /// At once, the default.
    #[default]
    NotDeferrable,
    /// `DEFERRABLE`: at once unless a transaction asks for later.
    Immediate,
    /// `DEFERRABLE INITIALLY DEFERRED`: at the end of the transaction.
    Deferred,
}
