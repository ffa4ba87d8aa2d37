use migrate_core::{
    operation::Operation,
    schema::{Deferral, ForeignKeyAction, IndexTarget, Query, TriggerAction},
};

use crate::sql::{OpaqueReason, sqlite::lower};

fn only(statement: &str) -> Operation {
    let lowered = lower(statement);
    assert_eq!((lowered.errors, lowered.opaque), (Vec::new(), None), "{statement}");
    let [only] = <[Operation; 1]>::try_from(lowered.operations).expect("one operation");
    only
}

#[test]
fn statements_without_an_effect_on_the_schema_are_understood() {
    let statements = [
        "PRAGMA foreign_keys = OFF",
        "PRAGMA main.table_info(t)",
        "VACUUM",
        "ANALYZE t",
        "REINDEX",
        "ATTACH 'x.db' AS other",
        "CREATE TABLE other.t (a)",
        "DROP TABLE other.t",
        "ALTER TABLE other.t ADD COLUMN b",
        "EXPLAIN DROP TABLE t",
        "DELETE FROM sqlite_sequence WHERE name = 't'",
        "SAVEPOINT s",
    ];
    for statement in statements {
        let lowered = lower(statement);
        assert_eq!((lowered.operations, lowered.opaque), (Vec::new(), None), "{statement}");
    }
}

#[test]
fn what_may_change_anything_is_opaque() {
    for statement in ["UPDATE sqlite_schema SET sql = ''", "DELETE FROM sqlite_master", "ROLLBACK TO s"] {
        assert!(lower(statement).opaque.is_some(), "{statement}");
    }
    let lowered = lower("CREATE TABEL users (id)");
    assert_eq!(lowered.opaque, Some(OpaqueReason::NotParsed));
    let [Operation::Opaque { names, everything: false, .. }] = lowered.operations.as_slice() else {
        panic!()
    };
    let names: Vec<&str> = names.iter().map(migrate_core::Name::identity).collect();
    assert_eq!(names, ["create", "id", "tabel", "users"]);
}

#[test]
fn columns_have_all_that_is_declared_of_them() {
    let Operation::CreateTable(table) = only(
        "CREATE TABLE t (
            a INTEGER PRIMARY KEY AUTOINCREMENT,
            b VARCHAR (10, 2) NOT NULL DEFAULT (1) COLLATE nocase,
            c REFERENCES u ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED COLLATE binary,
            d TEXT GENERATED ALWAYS AS (b) STORED
        )",
    ) else {
        panic!()
    };
    let [a, b, c, d] = table.definition.columns.as_slice() else { panic!() };
    assert!(a.column.identity.is_some() && a.constraints.len() == 1);
    assert_eq!(b.column.data_type.as_ref().map(ToString::to_string).as_deref(), Some("VARCHAR(10,2)"));
    assert!(b.column.not_null);
    assert_eq!(b.column.default.as_ref().map(|default| &*default.canonical), Some("1"));
    assert_eq!(b.column.collation.as_ref().map(ToString::to_string).as_deref(), Some("nocase"));
    assert_eq!((&c.column.data_type, &c.column.collation), (&None, &None));
    assert_eq!(c.constraints[0].deferral, Deferral::Deferred);
    let migrate_core::schema::ConstraintKind::ForeignKey(key) = &c.constraints[0].kind else { panic!() };
    assert_eq!((key.on_delete, key.referenced.len()), (ForeignKeyAction::Cascade, 0));
    assert!(d.column.generated.as_ref().is_some_and(|generated| generated.stored));
}

#[test]
fn the_key_of_a_table_without_rowid_refuses_null() {
    let Operation::CreateTable(table) = only("CREATE TABLE t (a, b, PRIMARY KEY (b)) WITHOUT ROWID") else {
        panic!()
    };
    let refuses: Vec<bool> = table.definition.columns.iter().map(|column| column.column.not_null).collect();
    assert_eq!(refuses, [false, true]);
}

#[test]
fn keys_of_an_index_are_columns_where_they_are_nothing_else() {
    let Operation::CreateIndex(index) = only("CREATE INDEX i ON t (a, \"b\" COLLATE x DESC, lower(c))")
    else {
        panic!()
    };
    let [a, b, c] = index.keys.as_slice() else { panic!() };
    assert!(matches!(&a.target, IndexTarget::Column(name) if name.identity() == "a"));
    assert!(b.descending && b.collation.is_some());
    assert!(matches!(&c.target, IndexTarget::Expression(_)));
}

#[test]
fn the_text_of_a_query_is_the_one_that_was_written() {
    let Operation::CreateView(view) =
        only("CREATE VIEW v (x) AS -- a view\n  SELECT a /* one */,b\n FROM t LIMIT 5, 10")
    else {
        panic!()
    };
    assert_eq!(&*view.query.sql, "SELECT a ,b FROM t LIMIT 5, 10");
    let Operation::CreateTrigger(trigger) =
        only("CREATE TRIGGER g DELETE ON t WHEN OLD.a BEGIN SELECT 1; -- end\nEND")
    else {
        panic!()
    };
    let TriggerAction::Statements(Query { sql, .. }) = &trigger.trigger.action else { panic!() };
    assert_eq!(&**sql, "BEGIN SELECT 1; END");
}

#[test]
fn a_rename_of_the_old_kind_is_asked_for_by_a_pragma() {
    let cases = [("=ON", true), ("(1)", true), ("='yes'", true), ("= off", false), ("=0", false)];
    for (value, legacy) in cases {
        assert_eq!(only(&format!("PRAGMA legacy_alter_table{value}")), Operation::SetLegacyRename(legacy));
    }
}
