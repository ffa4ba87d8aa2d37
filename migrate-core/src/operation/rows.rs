use crate::{Name, ObjectName, schema::Names};

/// A statement that changes rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// What it does.
    pub verb: RowVerb,
    /// The tables whose rows it changes: one, or several for `TRUNCATE`.
    pub targets: Vec<ObjectName>,
    /// The columns of the target that it names: those that `INSERT` and `COPY` fill and that `UPDATE` sets.
    pub columns: Vec<Name>,
    /// How many values each row of `INSERT .. VALUES` has, where that is known.
    pub values: Option<usize>,
    /// The columns of `ON CONFLICT (..)`, where it is a list of plain columns without a predicate.
    pub conflict: Vec<Name>,
    /// All else that it names; the target is a source of the scope that it can be named in.
    pub names: Names,
}

/// What a statement does to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowVerb {
    /// `INSERT`, `REPLACE`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
    /// `MERGE`.
    Merge,
    /// `COPY .. FROM`.
    Copy,
    /// `TRUNCATE`.
    Truncate,
}
