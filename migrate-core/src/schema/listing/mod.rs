//! A schema as a text for people: short, stable, and without what goes without saying.

mod object;
mod table;
mod words;

use std::fmt;

use super::{Relation, Schema};
use crate::Name;

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let default = self.dialect.default_schema();
        for name in self.namespaces.keys().filter(|name| **name != default) {
            writeln!(f, "schema {name}")?;
        }
        for (name, extension) in &self.extensions {
            writeln!(f, "extension {name}{}", words::after(" in", extension.schema.as_ref()))?;
        }
        for (name, made) in &self.types {
            object::user_type(f, name, made)?;
        }
        for (name, sequence) in &self.sequences {
            object::sequence(f, name, sequence)?;
        }
        for (name, made) in &self.tables {
            table::table(f, name, made)?;
        }
        for (name, view) in &self.views {
            object::view(f, name, view)?;
        }
        for (signature, function) in &self.functions {
            object::function(f, signature, function)?;
        }
        self.list_strays(f)?;
        self.list_unknown(f)
    }
}

impl Schema {
    /// Names that are taken without an object behind them: they should not be there.
    fn list_strays(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, relation) in &self.relations {
            let table = |owner| self.tables.get(owner);
            let is_there = match relation {
                Relation::Table => self.tables.contains_key(name),
                Relation::View => self.views.contains_key(name),
                Relation::Sequence => self.sequences.contains_key(name),
                Relation::Composite => self.types.contains_key(name),
                Relation::Index(owner) => {
                    table(owner).is_some_and(|table| table.indexes.contains_key(&name.name))
                        || self.views.get(owner).is_some_and(|view| view.indexes.contains_key(&name.name))
                }
                Relation::Constraint(owner) => {
                    table(owner).is_some_and(|table| table.constraint(&name.name).is_some())
                }
            };
            if !is_there {
                writeln!(f, "taken: {name}")?;
            }
        }
        Ok(())
    }

    fn list_unknown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unknown.everything {
            return writeln!(f, "unknown: everything that is not listed");
        }
        let names: Vec<&str> = self.unknown.names.iter().map(Name::as_str).collect();
        if names.is_empty() { Ok(()) } else { writeln!(f, "unknown: {}", names.join(", ")) }
    }
}
