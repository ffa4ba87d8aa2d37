use std::fmt;

use crate::{Name, ObjectName};

/// The type of a column, an argument or a cast, by the one spelling that its database shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataType {
    /// Its name: `integer`, `character varying`, `timestamp with time zone`; of a type that the history made, with the
    /// schema that it was found in once it is part of a schema.
    pub name: ObjectName,
    /// What stands in parentheses behind it: a length, a precision and scale, an interval's fields.
    pub modifiers: Vec<String>,
    /// Whether it is an array of that type. PostgreSQL keeps neither the number of dimensions nor their lengths.
    pub array: bool,
}

impl DataType {
    /// A type without modifiers.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self { name: ObjectName::bare(Name::exact(name)), modifiers: Vec::new(), array: false }
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name.schema {
            Some(schema) if !matches!(schema.identity(), "public" | "main") => {
                write!(f, "{schema}.{}", self.name.name)?;
            }
            _ => write!(f, "{}", self.name.name)?,
        }
        if !self.modifiers.is_empty() {
            write!(f, "({})", self.modifiers.join(","))?;
        }
        f.write_str(if self.array { "[]" } else { "" })
    }
}
