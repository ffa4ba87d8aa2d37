use migrate_core::{
    Name, ObjectName,
    operation::{CreateTable, Operation, TableDefinition, TableSource},
    schema::{ConstraintKind, Output, Persistence},
};
use sqlite3_parser::ast::{
    ColumnDefinition, CreateTableBody, NamedTableConstraint, QualifiedName, Stmt, TabFlags, TableConstraint,
};

use super::{
    column::{autoincrement, column},
    constraint::table_constraint,
    name::{is_attached, name, object},
    query::query,
    stop::{Stop, check_new_name, refused},
    verbatim::from_keyword,
};

/// `CREATE TABLE`.
pub(super) fn create_table(tree: &Stmt<'_>, text: &str) -> Result<Vec<Operation>, Stop> {
    let Stmt::CreateTable { temporary, if_not_exists, tbl_name, body } = tree else { return Ok(Vec::new()) };
    let (name, temporary) = new_object(tbl_name, *temporary)?;
    let mut definition = match body {
        CreateTableBody::ColumnsAndConstraints { columns, constraints, flags } => {
            definition(&name.name, columns, constraints.unwrap_or_default(), *flags)?
        }
        CreateTableBody::AsSelect(select) => {
            let mut query = query(select, from_keyword(text, "AS", true));
            if select.body.compounds.is_some() {
                // A value may come from any of the queries, and of what type it is then is hard to tell.
                for output in query.outputs.iter_mut().flatten() {
                    if let Output::Value { column, .. } = output {
                        *column = None;
                    }
                }
            }
            let source = Some(TableSource { query, columns: Vec::new() });
            TableDefinition { source, ..TableDefinition::default() }
        }
    };
    if is_attached(&name) {
        return Ok(Vec::new());
    }
    if temporary {
        definition.persistence = Persistence::Temporary;
    }
    let if_not_exists = *if_not_exists;
    Ok(vec![Operation::CreateTable(Box::new(CreateTable { name, if_not_exists, definition }))])
}

/// `CREATE VIRTUAL TABLE`: what columns it has is for its module to say.
pub(super) fn create_virtual_table(
    name: &QualifiedName<'_>,
    if_not_exists: bool,
    text: &str,
) -> Result<Vec<Operation>, Stop> {
    let (name, _) = new_object(name, false)?;
    if is_attached(&name) {
        return Ok(Vec::new());
    }
    let module = Some(from_keyword(text, "USING", true));
    let definition = TableDefinition { module, ..TableDefinition::default() };
    Ok(vec![Operation::CreateTable(Box::new(CreateTable { name, if_not_exists, definition }))])
}

/// The name of what is made, and whether that is temporary.
pub(super) fn new_object(tree: &QualifiedName<'_>, temporary: bool) -> Result<(ObjectName, bool), Stop> {
    let mut new = object(tree);
    check_new_name(&new.name)?;
    let schema = tree.db_name.as_ref().map(name);
    match schema.as_ref().map(Name::identity) {
        Some("temp") => {
            new.schema = None;
            Ok((new, true))
        }
        Some(_) if temporary => refused(&new.name, "what is temporary lies in no schema but `temp`"),
        _ => Ok((new, temporary)),
    }
}

fn definition(
    table: &Name,
    columns: &[ColumnDefinition<'_>],
    constraints: &[NamedTableConstraint<'_>],
    flags: TabFlags,
) -> Result<TableDefinition, Stop> {
    let mut definition = TableDefinition {
        columns: columns.iter().map(column).collect::<Result<_, _>>()?,
        constraints: constraints.iter().map(table_constraint).collect::<Result<_, _>>()?,
        without_rowid: flags.contains(TabFlags::WithoutRowid),
        strict: flags.contains(TabFlags::Strict),
        ..TableDefinition::default()
    };
    for constraint in constraints {
        if let TableConstraint::PrimaryKey { columns, auto_increment: true, .. } = &constraint.constraint {
            let keys = super::index::plain_columns(columns)?;
            for column in &mut definition.columns {
                if keys.contains(&column.column.name) {
                    column.column.identity = Some(autoincrement());
                }
            }
        }
    }
    check(table, &definition)?;
    refuse_nulls_of_the_key(&mut definition);
    Ok(definition)
}

/// What SQLite checks of a table as a whole.
fn check(table: &Name, definition: &TableDefinition) -> Result<(), Stop> {
    let keys = primary_keys(definition);
    if keys.len() > 1 {
        return refused(table, format!("table `{table}` has more than one primary key"));
    }
    let key = keys.first().copied().unwrap_or_default();
    if definition.without_rowid && key.is_empty() {
        return refused(table, format!("table `{table}` is `WITHOUT ROWID`, and has no primary key"));
    }
    if definition.columns.iter().all(|column| column.column.generated.is_some()) {
        return refused(table, format!("table `{table}` has generated columns alone"));
    }
    if let Some(column) = loop_of_columns(definition) {
        return refused(column, format!("column `{column}` is computed from itself"));
    }
    for column in &definition.columns {
        let column = &column.column;
        let data_type = column.data_type.as_ref().map(ToString::to_string);
        if column.identity.is_some() {
            let is_integer = data_type.as_deref().is_some_and(|known| known.eq_ignore_ascii_case("integer"));
            if !is_integer || key.len() != 1 || definition.without_rowid {
                let message =
                    "`AUTOINCREMENT` is for an `INTEGER PRIMARY KEY` alone, on a table with a rowid";
                return refused(&column.name, message);
            }
        }
        if column.generated.is_some() && key.contains(&column.name) {
            return refused(
                &column.name,
                format!("column `{}` is generated, and cannot be a key", column.name),
            );
        }
        if definition.strict {
            let known = ["int", "integer", "real", "text", "blob", "any"];
            let is_known = |data_type: &String| known.contains(&data_type.to_ascii_lowercase().as_str());
            if !data_type.as_ref().is_some_and(is_known) {
                let message =
                    "a `STRICT` table knows the types `INT`, `INTEGER`, `REAL`, `TEXT`, `BLOB` and `ANY`";
                return refused(&column.name, message);
            }
        }
    }
    Ok(())
}

/// A column that is computed when it is read, and needs its own value for that.
fn loop_of_columns(definition: &TableDefinition) -> Option<&Name> {
    let columns = || definition.columns.iter().map(|column| &column.column);
    let needed = |name: &Name| -> Vec<&Name> {
        let column = columns().find(|column| column.name == *name);
        let generated =
            column.and_then(|column| column.generated.as_ref()).filter(|generated| !generated.stored);
        generated.map_or_else(Vec::new, |generated| {
            let scopes = generated.expression.names.scopes.iter();
            scopes
                .flat_map(|scope| scope.columns.iter().map(|used| &used.name).chain(&scope.maybe_columns))
                .collect()
        })
    };
    columns().map(|column| &column.name).find(|name| {
        let mut reached: Vec<&Name> = needed(name);
        let mut next = 0;
        while let Some(name) = reached.get(next) {
            let more: Vec<&Name> = needed(name).into_iter().filter(|name| !reached.contains(name)).collect();
            reached.extend(more);
            next += 1;
        }
        reached.contains(name)
    })
}

/// Without a rowid, the primary key is what rows are found by.
fn refuse_nulls_of_the_key(definition: &mut TableDefinition) {
    if !definition.without_rowid {
        return;
    }
    let keys: Vec<Name> = primary_keys(definition).into_iter().flatten().cloned().collect();
    for column in &mut definition.columns {
        column.column.not_null |= keys.contains(&column.column.name);
    }
}

fn primary_keys(definition: &TableDefinition) -> Vec<&[Name]> {
    let inline = definition.columns.iter().flat_map(|column| &column.constraints);
    inline
        .chain(&definition.constraints)
        .filter_map(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns, .. } => Some(columns.as_slice()),
            _ => None,
        })
        .collect()
}
