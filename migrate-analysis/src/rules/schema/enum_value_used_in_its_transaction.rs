use migrate_core::{
    Name, ObjectName, Schema,
    operation::{ColumnChange, Operation, RowChange, TypeChange},
    schema::{Column, DataType, Expression},
};

use crate::{
    diagnostic::Diagnostic,
    replay::{Script, Site, Statement},
    rules::{Family, Rule},
    sql,
};

pub(crate) const RULE: Rule = Rule::new(
    "enum-value-used-in-its-transaction",
    Family::Schema,
    "a new value of an enum is used before the transaction that adds it has ended",
    include_str!("enum-value-used-in-its-transaction.md"),
);

/// A value that an earlier statement of the transaction added.
struct Added<'s> {
    /// Its enum.
    name: &'s ObjectName,
    value: &'s str,
    by: &'s Statement,
}

/// Checks a script; `after` is the schema that it leaves.
pub(crate) fn check<'s>(
    sites: impl Iterator<Item = Site<'s>>,
    script: &'s Script,
    after: &Schema,
    findings: &mut Vec<Diagnostic>,
) {
    if !script.transaction {
        return;
    }
    let mut made: Vec<&Name> = Vec::new();
    let mut added: Vec<Added<'_>> = Vec::new();
    for site in sites {
        let statement = site.statement;
        if let Some(used) = added.iter().find(|added| uses(added, &site, after)) {
            findings.push(finding(&site, used));
            return;
        }
        for operation in statement.operations() {
            match operation {
                Operation::CreateType(create) => made.push(&create.name.name),
                Operation::AlterType(alter) => match &alter.change {
                    TypeChange::AddValue { value, .. } if !made.contains(&&alter.name.name) => {
                        added.push(Added { name: &alter.name, value, by: statement });
                    }
                    // The value is a value of the type that has another name now.
                    TypeChange::Rename(_) | TypeChange::RenameValue { .. } => return,
                    _ => {}
                },
                _ => {}
            }
        }
    }
}

fn finding(site: &Site<'_>, used: &Added<'_>) -> Diagnostic {
    let Added { name, value, by } = used;
    let message = format!("value `{value}` of `{name}` is used in the transaction that adds it");
    let place = sql::locate_string(site.text(), value, site.script.dialect);
    let place = place.unwrap_or_else(|| sql::beginning(site.text()));
    let finding = site.at_bytes(Diagnostic::new(RULE.name, message), place, "it cannot be used yet");
    site.beside(finding, by.origin, None, "it is added here")
        .help("use it in a revision of its own: a new value can be used once its transaction has ended")
}

/// Whether a statement certainly uses the value.
fn uses(added: &Added<'_>, site: &Site<'_>, after: &Schema) -> bool {
    site.statement.operations().any(|operation| match operation {
        Operation::AddColumn(add) => column_uses(added, &add.definition.column),
        Operation::CreateTable(create) => {
            create.definition.columns.iter().any(|column| column_uses(added, &column.column))
        }
        Operation::AlterColumn(alter) => {
            let column = column_of(after, &alter.table, &alter.column);
            match &alter.change {
                ColumnChange::SetDefault(default) => {
                    column.is_some_and(|column| is_of(column, added)) && is_literal(default, added.value)
                }
                _ => false,
            }
        }
        Operation::Rows(change) => rows_use(added, change, site, after),
        _ => false,
    })
}

fn column_uses(added: &Added<'_>, column: &Column) -> bool {
    is_of(column, added) && column.default.as_ref().is_some_and(|default| is_literal(default, added.value))
}

/// Whether the statement says `column = 'value'` of a column of the enum.
fn rows_use(added: &Added<'_>, change: &RowChange, site: &Site<'_>, after: &Schema) -> bool {
    let compared = sql::compared_with(site.text(), added.value, site.script.dialect);
    compared.iter().any(|name| {
        let columns = change.targets.iter().map(|target| column_of(after, target, name));
        columns.flatten().any(|column| is_of(column, added))
    })
}

fn column_of<'s>(schema: &'s Schema, table: &ObjectName, column: &Name) -> Option<&'s Column> {
    let mut tables = schema.tables.iter().filter(|(name, _)| {
        name.name == table.name && table.schema.as_ref().is_none_or(|schema| *schema == name.schema)
    });
    let (_, found) = tables.next()?;
    // Of two tables of one name nobody knows which is meant.
    if tables.next().is_some() { None } else { found.column(column) }
}

fn is_of(column: &Column, added: &Added<'_>) -> bool {
    let is_it = |data_type: &DataType| data_type.name.name == added.name.name && !data_type.array;
    column.data_type.as_ref().is_some_and(is_it)
}

/// Whether an expression is this string, perhaps with a cast.
fn is_literal(expression: &Expression, value: &str) -> bool {
    let written = format!("'{}'", value.replace('\'', "''"));
    let rest = expression.sql.trim().strip_prefix(&*written);
    rest.is_some_and(|rest| rest.trim_start().is_empty() || rest.trim_start().starts_with("::"))
}
