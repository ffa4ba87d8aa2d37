use migrate_core::{
    operation::{
        AddColumn, AddConstraint, AlterColumn, ColumnChange, DropColumn, DropConstraint, Operation,
        RelationKind, RenameColumn, RenameRelation,
    },
    schema::ConstraintKind,
};
use sqlite3_parser::ast::{AlterTableBody, QualifiedName};

use super::{
    column::column,
    constraint::table_constraint,
    name::{is_attached, name, object},
    stop::{Stop, check_new_name, refused},
};

/// `ALTER TABLE`.
pub(super) fn alter_table(
    table: &QualifiedName<'_>,
    body: &AlterTableBody<'_>,
) -> Result<Vec<Operation>, Stop> {
    let table = object(table);
    if is_attached(&table) {
        return Ok(Vec::new());
    }
    let if_exists = false;
    let change = |column, change| {
        Operation::AlterColumn(Box::new(AlterColumn { table: table.clone(), if_exists, column, change }))
    };
    Ok(vec![match body {
        AlterTableBody::RenameTo(to) => {
            let to = name(to);
            check_new_name(&to)?;
            let kind = RelationKind::Table;
            Operation::RenameRelation(RenameRelation { kind, name: table, to, if_exists })
        }
        AlterTableBody::RenameColumn { old, new } => {
            Operation::RenameColumn(RenameColumn { table, if_exists, column: name(old), to: name(new) })
        }
        AlterTableBody::AddColumn(tree) => {
            let definition = column(tree)?;
            for constraint in &definition.constraints {
                let added = &definition.column.name;
                match constraint.kind {
                    ConstraintKind::PrimaryKey { .. } => {
                        return refused(added, format!("column `{added}` cannot be added as a primary key"));
                    }
                    ConstraintKind::Unique { .. } => {
                        return refused(added, format!("column `{added}` cannot be added as unique"));
                    }
                    _ => {}
                }
            }
            let if_not_exists = false;
            Operation::AddColumn(Box::new(AddColumn { table, if_exists, if_not_exists, definition }))
        }
        AlterTableBody::DropColumn(column) => Operation::DropColumn(DropColumn {
            table,
            if_exists,
            column: name(column),
            if_column_exists: false,
            cascade: false,
        }),
        AlterTableBody::SetColumnNotNull(column, _) => change(name(column), ColumnChange::SetNotNull),
        AlterTableBody::DropColumnNotNull(column) => change(name(column), ColumnChange::DropNotNull),
        AlterTableBody::AddConstraint(tree) => {
            let constraint = table_constraint(tree)?;
            Operation::AddConstraint(Box::new(AddConstraint {
                table,
                if_exists,
                constraint,
                using_index: None,
            }))
        }
        AlterTableBody::DropConstraint(constraint) => Operation::DropConstraint(DropConstraint {
            table,
            if_exists,
            constraint: name(constraint),
            if_constraint_exists: false,
            cascade: false,
        }),
    }])
}
