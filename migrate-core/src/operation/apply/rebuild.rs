use std::sync::Arc;

use super::Outcome;
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{CreateTable, RebuildTable},
    schema::{Origin, Schema, Table},
};

impl Schema {
    /// What is made under another name, and takes the place of the old table then, has its indexes, its triggers, and
    /// all that refers to it.
    pub(super) fn rebuild_table(&mut self, operation: &RebuildTable, origin: Origin) -> Outcome {
        let within = operation.table.schema.clone().unwrap_or_else(|| self.dialect.default_schema());
        let name = QualifiedName::new(within, operation.table.name.clone());
        let Some(old) = self.tables.get(&name).map(Arc::clone) else { return Ok(Vec::new()) };
        let meanwhile = Name::exact(&format!("new_{}", name.name));
        let scratch_name = ObjectName { schema: Some(name.schema.clone()), name: meanwhile.clone() };
        let mut scratch = self.clone();
        let definition = operation.definition.clone();
        let create = CreateTable { name: scratch_name, if_not_exists: false, definition };
        scratch.create_table(&create, origin)?;
        let made = QualifiedName::new(name.schema.clone(), meanwhile);
        if let Some(new) = scratch.tables.get(&made) {
            let (indexes, triggers) = (old.indexes.clone(), old.triggers.clone());
            let table = Table { indexes, triggers, made: old.made, ..(**new).clone() };
            self.tables.insert(name, Arc::new(table));
        }
        Ok(Vec::new())
    }
}
