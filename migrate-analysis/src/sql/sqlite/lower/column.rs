use migrate_core::{
    Name, ObjectName, operation,
    schema::{
        Column, Constraint, ConstraintKind, DataType, Deferral, Expression, Generated, Identity, Origin,
        SequenceOptions,
    },
};
use sqlite3_parser::ast::{ColumnConstraint, ColumnDefinition, Expr, SortOrder, Type, TypeSize};

use super::{
    constraint::{constraint, deferral},
    expression::expression,
    foreign_key::foreign_key,
    name::{name, unquoted},
    reading::Reading,
    stop::{Stop, refused},
};

/// A column as a statement declares it.
pub(super) fn column(tree: &ColumnDefinition<'_>) -> Result<operation::ColumnDefinition, Stop> {
    let mut column = Column {
        name: name(&tree.col_name),
        data_type: tree.col_type.as_ref().and_then(data_type),
        not_null: false,
        default: None,
        generated: None,
        identity: None,
        collation: None,
        made: Origin::NONE,
    };
    let mut constraints = Vec::new();
    for part in tree.constraints {
        let kind = match &part.constraint {
            ColumnConstraint::NotNull { nullable, .. } => {
                column.not_null |= !nullable;
                continue;
            }
            ColumnConstraint::Default(value) => {
                column.default = Some(default(&column.name, value)?);
                continue;
            }
            ColumnConstraint::Collate { collation_name } => {
                let collation = name(collation_name);
                column.collation = (collation.identity() != "binary").then(|| ObjectName::bare(collation));
                continue;
            }
            ColumnConstraint::Generated { expr, typ } => {
                let expression = expression(expr);
                check_stored_expression(&column.name, &expression)?;
                if column.generated.is_some() {
                    return refused(
                        &column.name,
                        format!("column `{}` is computed in two ways", column.name),
                    );
                }
                let stored = typ.as_ref().is_some_and(|word| word.0.eq_ignore_ascii_case("stored"));
                column.generated = Some(Generated { expression, stored });
                continue;
            }
            ColumnConstraint::Defer(clause) => {
                defer(&mut constraints, deferral(Some(clause)));
                continue;
            }
            ColumnConstraint::PrimaryKey { auto_increment, order, .. } => {
                if *auto_increment && matches!(order, Some(SortOrder::Desc)) {
                    return refused(&column.name, "`AUTOINCREMENT` is for a primary key that is not `DESC`");
                }
                column.identity = auto_increment.then(autoincrement);
                ConstraintKind::PrimaryKey { columns: vec![column.name.clone()], include: Vec::new() }
            }
            ColumnConstraint::Unique(_) => ConstraintKind::Unique {
                columns: vec![column.name.clone()],
                include: Vec::new(),
                nulls_not_distinct: false,
            },
            ColumnConstraint::Check(condition) => {
                let expression = expression(condition);
                check_row_expression(&column.name, &expression)?;
                ConstraintKind::Check { expression, no_inherit: false }
            }
            ColumnConstraint::ForeignKey { clause, .. } => {
                ConstraintKind::ForeignKey(foreign_key(vec![column.name.clone()], clause)?)
            }
        };
        let at = Some(column.name.clone());
        constraints.push(Constraint { column: at, ..constraint(part.name.as_ref(), kind) });
    }
    if column.generated.is_some() && column.default.is_some() {
        return refused(
            &column.name,
            format!("column `{}` is generated, and cannot have a default", column.name),
        );
    }
    Ok(operation::ColumnDefinition { column, serial: false, constraints })
}

/// `AUTOINCREMENT`.
pub(super) fn autoincrement() -> Identity {
    Identity { always: false, sequence: None, options: SequenceOptions::default() }
}

/// A type as it is declared; SQLite takes any words for one.
fn data_type(tree: &Type<'_>) -> Option<DataType> {
    let name = unquoted(tree.name);
    if name.is_empty() {
        return None;
    }
    let modifiers = match &tree.size {
        None => Vec::new(),
        Some(TypeSize::MaxSize(size)) => vec![number(size)],
        Some(TypeSize::TypeSize(size, scale)) => vec![number(size), number(scale)],
    };
    Some(DataType { name: ObjectName::bare(Name::caseless(&name)), modifiers, array: false })
}

fn number(tree: &Expr<'_>) -> String {
    expression(tree).sql.to_string()
}

/// A default; a word by itself is a string, whether it is quoted or not.
fn default(column: &Name, tree: &Expr<'_>) -> Result<Expression, Stop> {
    if let Expr::Id(word) = tree {
        let mut reading = Reading::new(Vec::new());
        let is_truth = ["true", "false"].iter().any(|truth| word.0.eq_ignore_ascii_case(truth));
        if is_truth {
            reading.text.word(&word.0.to_ascii_uppercase());
        } else {
            reading.text.word(&format!("'{}'", unquoted(word.0).replace('\'', "''")));
        }
        return Ok(reading.into_expression());
    }
    let mut expression = expression(tree);
    if let [scope] = expression.names.scopes.as_mut_slice()
        && scope.columns.is_empty()
        && scope.maybe_columns.iter().all(|name| matches!(name.identity(), "true" | "false"))
    {
        scope.maybe_columns.clear();
        return Ok(expression);
    }
    refused(column, format!("the default of column `{column}` is not constant"))
}

/// What is computed from a row asks no other rows.
pub(super) fn check_row_expression(about: &Name, expression: &Expression) -> Result<(), Stop> {
    if expression.names.scopes.len() > 1 {
        return refused(about, "there can be no query within a check, a generated column or an index");
    }
    Ok(())
}

/// What is computed once and kept has to be the same whenever it is computed.
pub(super) fn check_stored_expression(about: &Name, expression: &Expression) -> Result<(), Stop> {
    let changing = ["random", "randomblob", "changes", "total_changes", "last_insert_rowid"];
    let mut functions = expression.names.functions.iter();
    if let Some(function) = functions.find(|function| changing.contains(&function.name.identity())) {
        return refused(about, format!("`{function}()` may not be used in a generated column or an index"));
    }
    check_row_expression(about, expression)
}

/// `DEFERRABLE` stands behind the foreign key that it is about.
fn defer(constraints: &mut [Constraint], deferral: Deferral) {
    let keys = constraints.iter_mut().rev();
    if let Some(key) = keys.into_iter().find(|key| matches!(key.kind, ConstraintKind::ForeignKey(_))) {
        key.deferral = deferral;
    }
}
