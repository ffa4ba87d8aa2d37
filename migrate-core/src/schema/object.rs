use std::fmt;

use super::FunctionSignature;
use crate::{Name, QualifiedName};

/// What can be there, be missing, be dropped: which object a message or a difference is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// A schema.
    Schema(Name),
    /// An extension.
    Extension(Name),
    /// A type.
    Type(QualifiedName),
    /// A value of an enum.
    EnumValue(QualifiedName, String),
    /// A sequence.
    Sequence(QualifiedName),
    /// A table.
    Table(QualifiedName),
    /// A column of a table.
    Column(QualifiedName, Name),
    /// The default of a column, which can go while the column stays.
    Default(QualifiedName, Name),
    /// A constraint of a table: by its name or, where it has none, by what it demands.
    Constraint(QualifiedName, Name),
    /// An index, with the table that it is on where that is known.
    Index(QualifiedName, Option<QualifiedName>),
    /// A view.
    View(QualifiedName),
    /// A materialised view.
    MaterializedView(QualifiedName),
    /// A function, procedure or aggregate.
    Function(FunctionSignature),
    /// A function of any arguments.
    FunctionNamed(QualifiedName),
    /// A trigger of a table or view.
    Trigger(QualifiedName, Name),
    /// A policy of a table.
    Policy(QualifiedName, Name),
}

/// The kinds of objects, one a rule of `unknown-..` and `duplicate-..`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A schema.
    Schema,
    /// An extension.
    Extension,
    /// A type.
    Type,
    /// A value of an enum.
    EnumValue,
    /// A sequence.
    Sequence,
    /// A table.
    Table,
    /// A column.
    Column,
    /// A constraint.
    Constraint,
    /// An index.
    Index,
    /// A view.
    View,
    /// A materialised view.
    MaterializedView,
    /// A function, procedure or aggregate.
    Function,
    /// A trigger.
    Trigger,
    /// A policy.
    Policy,
}

impl ObjectKind {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Extension => "extension",
            Self::Type => "type",
            Self::EnumValue => "enum value",
            Self::Sequence => "sequence",
            Self::Table => "table",
            Self::Column => "column",
            Self::Constraint => "constraint",
            Self::Index => "index",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Function => "function",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
        }
    }
}

impl Object {
    /// As messages name one of several: ``an index `users_email` ``.
    #[must_use]
    pub fn with_article(&self) -> String {
        let shown = self.to_string();
        let article = if shown.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {shown}")
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ObjectKind {
        match self {
            Self::Schema(_) => ObjectKind::Schema,
            Self::Extension(_) => ObjectKind::Extension,
            Self::Type(_) => ObjectKind::Type,
            Self::EnumValue(..) => ObjectKind::EnumValue,
            Self::Sequence(_) => ObjectKind::Sequence,
            Self::Table(_) => ObjectKind::Table,
            Self::Column(..) | Self::Default(..) => ObjectKind::Column,
            Self::Constraint(..) => ObjectKind::Constraint,
            Self::Index(..) => ObjectKind::Index,
            Self::View(_) => ObjectKind::View,
            Self::MaterializedView(_) => ObjectKind::MaterializedView,
            Self::Function(_) | Self::FunctionNamed(_) => ObjectKind::Function,
            Self::Trigger(..) => ObjectKind::Trigger,
            Self::Policy(..) => ObjectKind::Policy,
        }
    }

    /// The identifier that a statement would name it by.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Schema(name)
            | Self::Extension(name)
            | Self::Column(_, name)
            | Self::Default(_, name)
            | Self::Constraint(_, name)
            | Self::Trigger(_, name)
            | Self::Policy(_, name) => name,
            Self::Type(name)
            | Self::Sequence(name)
            | Self::Table(name)
            | Self::Index(name, _)
            | Self::View(name)
            | Self::MaterializedView(name)
            | Self::FunctionNamed(name) => &name.name,
            Self::Function(signature) => &signature.name.name,
            Self::EnumValue(_, value) => value,
        }
    }
}

/// As messages name it: ``column `users.email` ``.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Default(..) = self {
            f.write_str("default of ")?;
        }
        write!(f, "{} ", self.kind().word())?;
        match self {
            Self::Schema(name) | Self::Extension(name) => write!(f, "`{name}`"),
            Self::Type(name)
            | Self::Sequence(name)
            | Self::Table(name)
            | Self::Index(name, _)
            | Self::View(name)
            | Self::MaterializedView(name)
            | Self::FunctionNamed(name) => write!(f, "`{name}`"),
            Self::Column(table, name) | Self::Default(table, name) => write!(f, "`{table}.{name}`"),
            Self::Constraint(table, name) | Self::Trigger(table, name) | Self::Policy(table, name) => {
                write!(f, "`{name}` on `{table}`")
            }
            Self::EnumValue(name, value) => write!(f, "`{value}` of `{name}`"),
            Self::Function(signature) => write!(f, "`{signature}`"),
        }
    }
}
