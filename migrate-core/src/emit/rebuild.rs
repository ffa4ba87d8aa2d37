use super::spelling::{Spelling, list};
use crate::{
    Name, ObjectName, QualifiedName, Schema,
    operation::{CreateTable, RebuildTable},
    schema::{Column, Table},
};

impl Spelling {
    /// SQLite's way: a new table, the rows into it, the old one away, its name to the new one; then its indexes and
    /// triggers, which went with the old one.
    pub(super) fn rebuild_table(self, operation: &RebuildTable, before: &Schema) -> Vec<String> {
        let within = operation.table.schema.clone().unwrap_or_else(|| before.dialect.default_schema());
        let name = QualifiedName::new(within, operation.table.name.clone());
        let Some(old) = before.tables.get(&name) else { return Vec::new() };
        let table = ObjectName::from(&name);
        let new =
            ObjectName { schema: table.schema.clone(), name: Name::exact(&format!("new_{}", name.name)) };
        let definition = operation.definition.clone();
        let create = CreateTable { name: new.clone(), if_not_exists: false, definition };
        let mut statements = vec![self.create_table(&create)];
        let columns = self.kept_columns(old, operation);
        let (spelled_new, spelled) = (self.object(&new), self.object(&table));
        if !columns.is_empty() {
            statements.push(format!("INSERT INTO {spelled_new} ({columns}) SELECT {columns} FROM {spelled}"));
        }
        statements.push(format!("DROP TABLE {spelled}"));
        let rename = format!("ALTER TABLE {spelled_new} RENAME TO {}", self.name(&name.name));
        if looks_at_names(before, &name) {
            // Else the rename would stumble over what names the table that is away just now.
            statements.push("PRAGMA legacy_alter_table = ON".to_owned());
            statements.push(rename);
            statements.push("PRAGMA legacy_alter_table = OFF".to_owned());
        } else {
            statements.push(rename);
        }
        statements.extend(old.indexes.values().map(|index| self.index(&table, index)));
        let triggers = old.triggers.iter();
        statements.extend(triggers.map(|(trigger, it)| self.trigger(trigger, &table, it)));
        statements
    }

    /// The columns that the rows keep; what is computed is computed anew.
    fn kept_columns(self, old: &Table, operation: &RebuildTable) -> String {
        let new = |name: &Name| {
            operation.definition.columns.iter().map(|it| &it.column).find(|column| column.name == *name)
        };
        let is_stored = |column: &Column| column.generated.is_none();
        let kept =
            old.columns.iter().filter(|column| is_stored(column) && new(&column.name).is_some_and(is_stored));
        list(kept.map(|column| self.name(&column.name)))
    }
}

/// Whether views, or triggers of other tables, may name the table.
fn looks_at_names(schema: &Schema, table: &QualifiedName) -> bool {
    let has_triggers =
        |(name, other): (&QualifiedName, &std::sync::Arc<Table>)| name != table && !other.triggers.is_empty();
    !schema.legacy_rename && (!schema.views.is_empty() || schema.tables.iter().any(has_triggers))
}
