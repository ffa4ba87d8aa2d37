use std::sync::Arc;

use migrate_core::{
    Dialect, Name, ObjectName, QualifiedName, Schema,
    schema::{
        Column, Constraint, ConstraintKind, DataType, Deferral, Expression, Index, IndexKey, IndexTarget,
        Names, Origin, Partition, PartitionBound, Partitioning, Query, Table, View,
    },
};

use crate::sql::canonicalise;

fn raw(sql: &str) -> Expression {
    Expression { sql: sql.into(), canonical: sql.into(), names: Names::default(), exact: true }
}

/// A table whose pieces of SQL are these texts.
fn table(default: &str, check: &str, key: &str, predicate: &str, bound: &str, data_type: &str) -> Table {
    let mut table = Table::empty(Origin::NONE);
    table.columns.push(Column {
        name: Name::exact("a"),
        data_type: Some(DataType::plain(data_type)),
        not_null: false,
        default: Some(raw(default)),
        generated: None,
        identity: None,
        collation: None,
        made: Origin::NONE,
    });
    table.constraints.push(Constraint {
        name: Some(Name::exact("c")),
        named_by_database: false,
        column: None,
        kind: ConstraintKind::Check { expression: raw(check), no_inherit: false },
        deferral: Deferral::NotDeferrable,
        validated: true,
        made: Origin::NONE,
    });
    let key = IndexKey {
        target: IndexTarget::Expression(raw(key)),
        collation: None,
        operator_class: None,
        descending: false,
        nulls_first: false,
    };
    let index = Index {
        name: Name::exact("i"),
        named_by_database: false,
        unique: false,
        method: Name::exact("btree"),
        keys: vec![key],
        include: Vec::new(),
        predicate: Some(raw(predicate)),
        nulls_not_distinct: false,
        made: Origin::NONE,
    };
    table.indexes.insert(index.name.clone(), index);
    table.partitioning = Some(Partitioning {
        strategy: "RANGE".to_owned(),
        keys: vec![Partition::Expression(raw("lower(b)"))],
    });
    table.partition = Some(PartitionBound { sql: raw(bound) });
    table
}

fn schema(table: Table) -> Schema {
    let mut schema = Schema::new(Dialect::Postgres);
    let name = QualifiedName::new(Name::exact("public"), Name::exact("t"));
    schema.tables.insert(name, Arc::new(table));
    schema
}

fn read(table: Table) -> Table {
    let mut schema = schema(table);
    canonicalise(&mut schema);
    Table::clone(schema.tables.values().next().unwrap())
}

#[test]
fn the_texts_of_a_catalog_are_those_of_scripts() {
    let written = read(table(
        "'x'",
        "b IN ('y', 'z') AND a > 0",
        "lower(b)",
        "NOT done",
        "for values from (1) to (10)",
        "numeric",
    ));
    let shown = read(table(
        "'x'::character varying",
        "(((b)::text = ANY ((ARRAY['y'::character varying, 'z'::character varying])::text[])) AND (a > 0))",
        "lower((b)::text)",
        "(NOT done)",
        "FOR VALUES FROM (1) TO (10)",
        "numeric",
    ));
    assert_eq!(written, shown);
    let ConstraintKind::Check { expression, .. } = &shown.constraints[0].kind else { panic!() };
    let used: Vec<_> =
        expression.names.scopes[0].columns.iter().map(|column| column.name.to_string()).collect();
    assert_eq!(used, ["b", "a"]);
}

#[test]
fn a_type_may_be_given_with_all_that_stands_behind_it() {
    let all =
        |data_type| read(table("1", "true", "a", "true", "DEFAULT", data_type)).columns[0].data_type.clone();
    let numeric = DataType { modifiers: vec!["10".to_owned(), "2".to_owned()], ..DataType::plain("numeric") };
    assert_eq!(all("numeric(10,2)"), Some(numeric));
    assert_eq!(all("text[]"), Some(DataType { array: true, ..DataType::plain("text") }));
    assert_eq!(all("citext"), Some(DataType::plain("citext")));
}

#[test]
fn what_cannot_be_read_is_never_said_to_differ() {
    let table = read(table("1 +", "EXISTS (SELECT 1 FROM u WHERE u.a = b)", "a", "true", "WITH", "text"));
    assert!(!table.columns[0].default.as_ref().unwrap().exact);
    assert!(!table.partition.unwrap().sql.exact);
    let ConstraintKind::Check { expression, .. } = &table.constraints[0].kind else { panic!() };
    assert!(!expression.exact);
}

#[test]
fn the_query_of_a_view_has_its_names() {
    let sql = "SELECT t.a FROM t";
    let query =
        Query { sql: sql.into(), canonical: sql.into(), names: Names::default(), outputs: None, exact: true };
    let view = View {
        materialized: false,
        query,
        columns: None,
        indexes: [].into(),
        triggers: [].into(),
        temporary: false,
        made: Origin::NONE,
    };
    let mut schema = Schema::new(Dialect::Postgres);
    schema.views.insert(QualifiedName::new(Name::exact("public"), Name::exact("v")), Arc::new(view));
    canonicalise(&mut schema);
    let query = &schema.views.values().next().unwrap().query;
    let column = &query.names.scopes[0].columns[0];
    assert_eq!(column.qualifier, Some(ObjectName::bare(Name::exact("t"))));
    assert!(!query.exact);
}
