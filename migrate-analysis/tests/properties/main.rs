//! What holds for every history: statements are read, carried out, taken back, and written again.

#![cfg(all(feature = "sqlite", feature = "postgres"))]

mod generator;

use migrate_analysis::sql;
use migrate_core::{
    Dialect, Name, QualifiedName, Schema,
    compare::{Change, Difference, compare},
    diff::diff,
    emit::{emit, script},
    operation::Operation,
    schema::{ConstraintKind, Origin},
};
use proptest::prelude::*;

fn read(statement: &str, dialect: Dialect) -> Vec<Operation> {
    let lowered = sql::lower(statement, dialect);
    assert_eq!(lowered.opaque, None, "{statement}");
    assert_eq!(lowered.errors, [], "{statement}");
    lowered.operations
}

/// The schema after the statements that are not refused.
fn made(statements: &[String], dialect: Dialect) -> Schema {
    let mut schema = Schema::new(dialect);
    for operation in statements.iter().flat_map(|statement| read(statement, dialect)) {
        // What is refused changes nothing.
        let _ = schema.apply(&operation, Origin::NONE);
    }
    schema
}

fn carry_out(operations: &[Operation], schema: &mut Schema) {
    for operation in operations {
        if let Err(refusal) = schema.apply(operation, Origin::NONE) {
            let steps: Vec<String> = operations.iter().map(Operation::describe).collect();
            panic!("cannot {}: {refusal}\nin {}\non\n{schema}", operation.describe(), steps.join("; "));
        }
    }
}

/// Whether the sequence of a column has the name that a table which was called otherwise has left behind: to give such
/// names again takes renames in a circle, which `diff` does not find.
fn has_crossed_names(schema: &Schema) -> bool {
    schema.sequences.iter().any(|(name, sequence)| {
        let made = sequence.owned_by.as_ref().map(|(table, column)| format!("{}_{column}_seq", table.name));
        made.is_some_and(|made| *made != *name.name)
    })
}

/// Whether a foreign key leads from one type to another: its columns were changed behind it, which the replay lets pass.
fn has_odd_keys(schema: &Schema) -> bool {
    let column_type = |table: &QualifiedName, column: &Name| {
        let column = schema.tables.get(table)?.column(column)?;
        column.data_type.clone()
    };
    schema.tables.iter().any(|(name, table)| {
        table.constraints.iter().any(|constraint| {
            let ConstraintKind::ForeignKey(key) = &constraint.kind else { return false };
            let within = key.table.schema.clone().unwrap_or_else(|| schema.dialect.default_schema());
            let other = QualifiedName::new(within, key.table.name.clone());
            let mut columns = key.columns.iter().zip(&key.referenced);
            columns.any(|(own, referenced)| column_type(name, own) != column_type(&other, referenced))
        })
    })
}

/// Whether a table lies in a schema that no statement made, which may be somebody else's: to make and drop that is
/// nobody's business then.
fn lies_elsewhere(schema: &Schema) -> bool {
    schema.tables.keys().any(|name| !schema.namespaces.contains_key(&name.schema))
}

fn is_out_of_reach(schema: &Schema) -> bool {
    has_crossed_names(schema) || has_odd_keys(schema) || lies_elsewhere(schema)
}

/// What differs, but for the order of columns where nothing can change it.
fn differences(expected: &Schema, actual: &Schema) -> Vec<Difference> {
    let mut found = compare(expected, actual);
    if expected.dialect.habits().alters_columns {
        found.retain(|difference| difference.change != Change::ColumnOrder);
    }
    found
}

/// What is written of an operation is read as the same operation.
fn written_and_read(statements: &[String], dialect: Dialect) {
    let before = Schema::new(dialect);
    for operation in statements.iter().flat_map(|statement| read(statement, dialect)) {
        let written = emit(&operation, &before);
        let again: Vec<Operation> = written.iter().flat_map(|text| read(text, dialect)).collect();
        assert_eq!(again, [operation], "written as\n{}", written.join(";\n"));
    }
}

/// What an operation does is taken back by its inverse.
fn taken_back(statements: &[String], dialect: Dialect) {
    let mut schema = Schema::new(dialect);
    for operation in statements.iter().flat_map(|statement| read(statement, dialect)) {
        let before = schema.clone();
        if schema.apply(&operation, Origin::NONE).is_err() {
            continue;
        }
        if lies_elsewhere(&before) || lies_elsewhere(&schema) {
            return;
        }
        let mut back = schema.clone();
        carry_out(&operation.invert(&before).unwrap_or_else(|| diff(&schema, &before)), &mut back);
        assert_eq!(differences(&before, &back), [], "{}", operation.describe());
    }
}

/// What leads from one schema to another leads there.
fn led_over(from: &[String], to: &[String], dialect: Dialect) {
    let (mut from, to) = (made(from, dialect), made(to, dialect));
    if is_out_of_reach(&from) || is_out_of_reach(&to) {
        return;
    }
    let steps = diff(&from, &to);
    carry_out(&steps, &mut from);
    assert_eq!(
        differences(&to, &from),
        [],
        "{}",
        steps.iter().map(Operation::describe).collect::<Vec<_>>().join("; ")
    );
}

/// The script of a schema makes it.
fn written_as_a_script(statements: &[String], dialect: Dialect) {
    let schema = made(statements, dialect);
    if is_out_of_reach(&schema) {
        return;
    }
    let text = script(&schema);
    let mut again = Schema::new(dialect);
    let whole = migrate_core::Span::new(0, text.len() as u32);
    for statement in sql::split(&text, whole, dialect).statements {
        for operation in read(statement.span.of(&text), dialect) {
            if let Err(refusal) = again.apply(&operation, Origin::NONE) {
                panic!("{refusal}\nin\n{text}");
            }
        }
    }
    assert_eq!(differences(&schema, &again), [], "\n{text}");
}

macro_rules! properties {
    ($($name:ident, $check:expr;)*) => {
        mod sqlite {
            use super::*;
            $(properties!(@one $name, $check, Dialect::Sqlite);)*
        }
        mod postgres {
            use super::*;
            $(properties!(@one $name, $check, Dialect::Postgres);)*
        }
    };
    (@one $name:ident, $check:expr, $dialect:expr) => {
        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
            #[test]
            fn $name(one in generator::statements($dialect), other in generator::statements($dialect)) {
                $check(&one, &other, $dialect);
            }
        }
    };
}

properties! {
    what_is_written_of_an_operation_is_read_as_the_same, |one: &[String], _: &[String], dialect| written_and_read(one, dialect);
    what_an_operation_does_is_taken_back, |one: &[String], _: &[String], dialect| taken_back(one, dialect);
    the_difference_of_two_schemas_leads_from_one_to_the_other, led_over;
    the_script_of_a_schema_makes_it, |one: &[String], _: &[String], dialect| written_as_a_script(one, dialect);
}
