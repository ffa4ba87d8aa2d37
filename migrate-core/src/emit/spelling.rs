use super::reserved;
use crate::{Dialect, Name, ObjectName, QualifiedName};

/// How a database spells SQL: one file a noun says how each is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    pub(super) dialect: Dialect,
}

impl Spelling {
    pub(crate) const fn of(dialect: Dialect) -> Self {
        Self { dialect }
    }

    /// A name, in quotes where it would be read as another without them.
    pub(crate) fn name(self, name: &Name) -> String {
        let text = name.as_str();
        let letters = match self.dialect {
            Dialect::Postgres => |byte: u8| byte.is_ascii_lowercase() || byte == b'_',
            Dialect::Sqlite | Dialect::Mysql => |byte: u8| byte.is_ascii_alphabetic() || byte == b'_',
        };
        let is_plain = text.bytes().next().is_some_and(letters)
            && text.bytes().all(|byte| letters(byte) || byte.is_ascii_digit())
            && !reserved::is_reserved(text, self.dialect);
        if is_plain { text.to_owned() } else { self.quoted(text) }
    }

    fn quoted(self, text: &str) -> String {
        let quote = match self.dialect {
            Dialect::Mysql => '`',
            Dialect::Postgres | Dialect::Sqlite => '"',
        };
        let mut quoted = String::with_capacity(text.len() + 2);
        quoted.push(quote);
        for letter in text.chars() {
            if letter == quote {
                quoted.push(quote);
            }
            quoted.push(letter);
        }
        quoted.push(quote);
        quoted
    }

    /// The name of an object, as far as it is given.
    pub(crate) fn object(self, name: &ObjectName) -> String {
        match &name.schema {
            Some(schema) if *schema != self.dialect.default_schema() => {
                format!("{}.{}", self.name(schema), self.name(&name.name))
            }
            _ => self.name(&name.name),
        }
    }

    /// The name of an object of a schema.
    pub(crate) fn qualified(self, name: &QualifiedName) -> String {
        self.object(&ObjectName::from(name))
    }

    /// Names in parentheses.
    pub(crate) fn columns(self, names: &[Name]) -> String {
        format!("({})", self.names(names))
    }

    /// Names, separated by commas.
    pub(crate) fn names(self, names: &[Name]) -> String {
        list(names.iter().map(|name| self.name(name)))
    }

    /// Names of objects, separated by commas.
    pub(crate) fn objects(self, names: &[ObjectName]) -> String {
        list(names.iter().map(|name| self.object(name)))
    }

    /// A string.
    pub(crate) fn string(self, text: &str) -> String {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Pieces of SQL, separated by commas.
pub(super) fn list(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join(", ")
}

/// A word and a blank, where it is wanted.
pub(super) const fn when(wanted: bool, words: &'static str) -> &'static str {
    if wanted { words } else { "" }
}
