use std::{collections::BTreeSet, fmt};

use super::{DataType, Expression, Origin};
use crate::{Name, QualifiedName};

/// What tells a function from others of the same name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FunctionSignature {
    /// Its name.
    pub name: QualifiedName,
    /// The types of its input arguments, in order, without modifiers.
    pub arguments: Vec<DataType>,
}

impl fmt::Display for FunctionSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (place, argument) in self.arguments.iter().enumerate() {
            write!(f, "{}{argument}", if place > 0 { ", " } else { "" })?;
        }
        f.write_str(")")
    }
}

/// A function, a procedure or an aggregate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// What it is.
    pub kind: FunctionKind,
    /// All of its arguments, in order.
    pub arguments: Vec<Argument>,
    /// What it returns, as an expression over types: `trigger`, `SETOF integer`, `TABLE (a integer)`.
    pub returns: Option<String>,
    /// Its language, in lower case.
    pub language: Name,
    /// Its body, verbatim: what stands between the quotes. `None` where it is another kind of body.
    pub body: Option<String>,
    /// What else is said of it (`IMMUTABLE`, `STRICT`, `SECURITY DEFINER`, `SET ..`), in the order of the alphabet,
    /// without what holds by default.
    pub options: Vec<String>,
    /// What a call of it may change of the schema.
    pub reach: Reach,
    /// Which statement made it.
    pub made: Origin,
}

/// What code may change of a schema when it runs.
///
/// It follows from the code, so that all of them are equal.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Words of the statements that change something: objects of such names may be changed.
    pub names: BTreeSet<Name>,
    /// The same for all names of a form: `*` stands for any letters, as in `events_*`.
    pub patterns: BTreeSet<String>,
    /// Whether what they change cannot be told by its name.
    pub everything: bool,
}

impl PartialEq for Reach {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Reach {}

/// Functions and their like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// `CREATE FUNCTION`.
    Function,
    /// `CREATE PROCEDURE`.
    Procedure,
    /// `CREATE AGGREGATE`.
    Aggregate,
}

impl FunctionKind {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Procedure => "procedure",
            Self::Aggregate => "aggregate",
        }
    }
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Whether it goes in or out.
    pub mode: ArgumentMode,
    /// Its name.
    pub name: Option<Name>,
    /// Its type.
    pub data_type: DataType,
    /// Its default.
    pub default: Option<Expression>,
}

/// Whether an argument goes in or out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArgumentMode {
    /// `IN`, the default.
    #[default]
    In,
    /// `OUT`.
    Out,
    /// `INOUT`.
    InOut,
    /// `VARIADIC`.
    Variadic,
}
