use super::{DataType, Origin};
use crate::{Name, QualifiedName};

/// A sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The type of its numbers: `bigint` where nothing is said.
    pub data_type: DataType,
    /// How it counts.
    pub options: SequenceOptions,
    /// The column that it ends with.
    pub owned_by: Option<(QualifiedName, Name)>,
    /// Whether it is the sequence of an identity column, which cannot be dropped by itself.
    pub of_identity: bool,
    /// Which statement made it.
    pub made: Origin,
}

/// How a sequence counts; `None` stands for what the database takes where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequenceOptions {
    /// `START`.
    pub start: Option<i64>,
    /// `INCREMENT`.
    pub increment: Option<i64>,
    /// `MINVALUE`.
    pub min: Option<i64>,
    /// `MAXVALUE`.
    pub max: Option<i64>,
    /// `CACHE`.
    pub cache: Option<i64>,
    /// `CYCLE`.
    pub cycle: bool,
}
