use std::fmt;

use crate::schema::{Fate, Object, Origin};

/// Why the database would refuse an operation.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// There is no such object.
    Unknown {
        /// The object that was looked for.
        object: Object,
        /// What became of one of that name.
        fate: Option<Fate>,
        /// The name of one of its kind that is there, and looks alike.
        similar: Option<String>,
    },
    /// There is one of that name.
    Duplicate {
        /// The object that is there.
        object: Object,
        /// Which statement made it.
        made: Origin,
    },
    /// The name belongs to an object of another kind: `DROP TABLE` of a view.
    WrongKind {
        /// The object that is there.
        object: Object,
        /// What the statement takes it for.
        wanted: &'static str,
        /// Which statement made it.
        made: Origin,
    },
    /// Others depend on what is dropped.
    Dependents {
        /// What would be dropped.
        object: Object,
        /// What depends on it, and which statements made that.
        dependents: Vec<(Object, Origin)>,
    },
    /// A foreign key refers to columns that no primary key or unique constraint covers.
    ReferencedNotUnique {
        /// The table referred to.
        table: Object,
        /// The columns.
        columns: Vec<String>,
        /// Which statement made the table.
        made: Origin,
    },
    /// A foreign key refers to a column of a type that cannot be compared with its own.
    ForeignKeyTypes {
        /// The column that refers, and its type.
        column: (Object, String),
        /// The column referred to, and its type.
        referenced: (Object, String),
        /// Which statement made the column referred to.
        made: Origin,
    },
    /// Anything else: the message, as the rule shows it, and the rule's name.
    Other {
        /// The rule: `unsupported-statement`, `not-null-without-default`, `non-constant-default`..
        rule: &'static str,
        /// What is wrong, in one line: lower case, no full stop, names in backticks.
        message: String,
        /// What it is about, and which statement made that.
        about: Option<(Object, Origin)>,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { object, .. } => write!(f, "there is no {object}"),
            Self::Duplicate { object, .. } => {
                let article = if object.kind().word().starts_with(['e', 'i']) { "an" } else { "a" };
                write!(f, "there is {article} {object} already")
            }
            Self::WrongKind { object, wanted, .. } => write!(f, "{object} is no {wanted}"),
            Self::Dependents { object, dependents } => {
                write!(f, "{object} cannot be dropped, for ")?;
                match dependents.as_slice() {
                    [(only, _)] => write!(f, "{only} depends on it"),
                    all => write!(f, "{} objects depend on it", all.len()),
                }
            }
            Self::ReferencedNotUnique { table, columns, .. } => {
                write!(f, "no primary key or unique constraint of {table} covers `{}`", columns.join("`, `"))
            }
            Self::ForeignKeyTypes { column, referenced, .. } => {
                let ((column, its), (referenced, other)) = (column, referenced);
                write!(f, "{column} is of type `{its}`, and {referenced} of type `{other}`")
            }
            Self::Other { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for Refusal {}
