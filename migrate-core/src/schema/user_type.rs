use super::{Constraint, DataType, Expression, Origin};
use crate::{Name, ObjectName};

/// A type that the history made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserType {
    /// What it is.
    pub kind: UserTypeKind,
    /// Which statement made it.
    pub made: Origin,
}

/// The kinds of types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserTypeKind {
    /// `AS ENUM`: its values, in order.
    Enum(Vec<String>),
    /// `CREATE DOMAIN`.
    Domain(Box<Domain>),
    /// `AS (..)`: its attributes, in order.
    Composite(Vec<Attribute>),
    /// `AS RANGE`: over this type.
    Range {
        /// `SUBTYPE`.
        subtype: DataType,
        /// All of its options, as written.
        options: String,
    },
    /// A shell, or a base type made of functions: nothing more is known.
    Other,
}

/// `CREATE DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The type under it.
    pub base: DataType,
    /// Whether it refuses null.
    pub not_null: bool,
    /// Its default.
    pub default: Option<Expression>,
    /// Its collation.
    pub collation: Option<ObjectName>,
    /// Its checks.
    pub checks: Vec<Constraint>,
}

/// One attribute of a composite type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub data_type: DataType,
}
