use crate::{
    Name, ObjectName,
    schema::{DataType, SequenceOptions},
};

/// `CREATE SEQUENCE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateSequence {
    /// Its name.
    pub name: ObjectName,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `AS`, else `bigint`.
    pub data_type: DataType,
    /// How it counts.
    pub options: SequenceOptions,
    /// `OWNED BY`.
    pub owned_by: Option<(ObjectName, Name)>,
}

/// `ALTER SEQUENCE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterSequence {
    /// Its name.
    pub name: ObjectName,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// What is changed.
    pub changes: Vec<SequenceChange>,
}

/// What `ALTER SEQUENCE` changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SequenceChange {
    /// `AS`.
    DataType(DataType),
    /// `OWNED BY`; `None` for `NONE`.
    OwnedBy(Option<(ObjectName, Name)>),
    /// `START`.
    Start(i64),
    /// `INCREMENT`.
    Increment(i64),
    /// `MINVALUE`; `None` for `NO MINVALUE`.
    Min(Option<i64>),
    /// `MAXVALUE`; `None` for `NO MAXVALUE`.
    Max(Option<i64>),
    /// `CACHE`.
    Cache(i64),
    /// `CYCLE`, `NO CYCLE`.
    Cycle(bool),
    /// `RESTART`, ownership: nothing that a schema holds.
    Nothing,
}

/// `DROP SEQUENCE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropSequence {
    /// The names.
    pub names: Vec<ObjectName>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}
