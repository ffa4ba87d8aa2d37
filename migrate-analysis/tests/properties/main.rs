//! What holds for every history: statements are read, carried out, taken back, and written again.

#![cfg(all(feature = "sqlite", feature = "postgres"))]

mod generator;

use migrate_analysis::sql;
use migrate_core::{Dialect, Schema, emit::emit, operation::Operation};
use proptest::prelude::*;

fn read(statement: &str, dialect: Dialect) -> Vec<Operation> {
    let lowered = sql::lower(statement, dialect);
    assert_eq!(lowered.opaque, None, "{statement}");
    assert_eq!(lowered.errors, [], "{statement}");
    lowered.operations
}

/// What is written of an operation is read as the same operation.
fn written_and_read(statement: &str, dialect: Dialect) {
    let before = Schema::new(dialect);
    if sql::lower(statement, dialect).opaque.is_some() {
        return;
    }
    for operation in read(statement, dialect) {
        let written = emit(&operation, &before);
        let again: Vec<Operation> = written.iter().flat_map(|text| read(text, dialect)).collect();
        assert_eq!(again, [operation], "\n{statement}\nis written as\n{}", written.join(";\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_of_an_operation_of_sqlite_is_read_as_the_same(
        statements in generator::statements(Dialect::Sqlite)
    ) {
        statements.iter().for_each(|statement| written_and_read(statement, Dialect::Sqlite));
    }

    #[test]
    fn what_is_written_of_an_operation_of_postgresql_is_read_as_the_same(
        statements in generator::statements(Dialect::Postgres)
    ) {
        statements.iter().for_each(|statement| written_and_read(statement, Dialect::Postgres));
    }
}
