//! What the pragmas tell, compared with the replayed schema: they are SQLite's own reading of its statements.

use migrate_core::{
    Dialect, Schema,
    schema::{ConstraintKind, ForeignKeyAction, Table},
};
use sqlx::Row;

use crate::database::Database;

/// The first difference.
pub(crate) async fn difference(schema: &Schema, database: &mut Database) -> Option<String> {
    let main = Dialect::Sqlite.default_schema();
    for (name, table) in &schema.tables {
        if name.schema != main || !table.known {
            continue;
        }
        let told = told(table);
        let mut real = columns(&name.name, table, database).await;
        real.extend(foreign_keys(&name.name, database).await);
        real.extend(indexes(&name.name, database).await);
        let mut told_sorted = told.clone();
        told_sorted.sort();
        real.sort();
        if told_sorted != real {
            return Some(format!("pragmas of {name}: {real:?}, not {told_sorted:?}"));
        }
    }
    None
}

fn told(table: &Table) -> Vec<String> {
    let mut facts = Vec::new();
    let key = table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { columns, .. } => Some(columns.as_slice()),
        _ => None,
    });
    for (place, column) in table.columns.iter().enumerate() {
        let data_type = column.data_type.as_ref().map(ToString::to_string).unwrap_or_default();
        let key =
            key.unwrap_or_default().iter().position(|name| *name == column.name).map_or(0, |place| place + 1);
        let generated = column.generated.as_ref().map_or(0, |generated| if generated.stored { 3 } else { 2 });
        facts.push(format!(
            "{place} {} {} null {} key {key} generated {generated} default {}",
            column.name.identity(),
            data_type.to_lowercase(),
            u8::from(column.not_null),
            column.default.is_some(),
        ));
    }
    for constraint in &table.constraints {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
        for (place, column) in key.columns.iter().enumerate() {
            let referenced = key.referenced.get(place).map(migrate_core::Name::identity).unwrap_or_default();
            facts.push(format!(
                "key {} {} {referenced} {} {}",
                key.table.name.identity(),
                column.identity(),
                action(key.on_update),
                action(key.on_delete)
            ));
        }
    }
    facts.extend(table.indexes.values().map(|index| {
        format!(
            "index {} {} {}",
            index.name.identity(),
            u8::from(index.unique),
            u8::from(index.predicate.is_some())
        )
    }));
    facts
}

async fn columns(name: &str, table: &Table, database: &mut Database) -> Vec<String> {
    let rows = database.rows(&format!("PRAGMA main.table_xinfo(\"{name}\")")).await;
    let fact = |row: &sqlx::sqlite::SqliteRow| {
        let (place, name, data_type): (i64, String, String) = (row.get(0), row.get(1), row.get(2));
        let (not_null, default, key): (i64, Option<String>, i64) = (row.get(3), row.get(4), row.get(5));
        let (name, data_type) = (name.to_lowercase(), data_type.to_lowercase().replace(", ", ","));
        // A replay does not know all types.
        let is_known = table.columns.get(place as usize).is_some_and(|column| column.data_type.is_some());
        let data_type = if is_known { data_type } else { String::new() };
        let generated: i64 = row.get(6);
        let default = default.is_some();
        format!(
            "{place} {name} {data_type} null {not_null} key {key} generated {generated} default {default}"
        )
    };
    rows.iter().map(fact).collect()
}

async fn foreign_keys(table: &str, database: &mut Database) -> Vec<String> {
    let rows = database.rows(&format!("PRAGMA main.foreign_key_list(\"{table}\")")).await;
    let fact = |row: &sqlx::sqlite::SqliteRow| {
        let (parent, from, to): (String, String, Option<String>) = (row.get(2), row.get(3), row.get(4));
        let (update, delete): (String, String) = (row.get(5), row.get(6));
        let to = to.unwrap_or_default().to_lowercase();
        format!("key {} {} {to} {update} {delete}", parent.to_lowercase(), from.to_lowercase())
    };
    rows.iter().map(fact).collect()
}

async fn indexes(table: &str, database: &mut Database) -> Vec<String> {
    let rows = database.rows(&format!("PRAGMA main.index_list(\"{table}\")")).await;
    let fact = |row: &sqlx::sqlite::SqliteRow| {
        let (name, unique, origin, partial): (String, i64, String, i64) =
            (row.get(1), row.get(2), row.get(3), row.get(4));
        (origin == "c").then(|| format!("index {} {unique} {partial}", name.to_lowercase()))
    };
    rows.iter().filter_map(fact).collect()
}

fn action(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "NO ACTION",
        ForeignKeyAction::Restrict => "RESTRICT",
        ForeignKeyAction::Cascade => "CASCADE",
        ForeignKeyAction::SetNull => "SET NULL",
        ForeignKeyAction::SetDefault => "SET DEFAULT",
    }
}
