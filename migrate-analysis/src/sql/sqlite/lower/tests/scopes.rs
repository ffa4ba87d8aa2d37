use migrate_core::{
    operation::Operation,
    schema::{ColumnUse, Names, Query, Scope, SourceRelation, TriggerAction},
};

use crate::sql::sqlite::lower;

/// The scopes of what a statement names, one a line: sources, then columns, then what may be a string.
fn scopes(statement: &str) -> String {
    let lowered = lower(statement);
    let names = match lowered.operations.as_slice() {
        [Operation::Read(query)] => query.names.clone(),
        [Operation::CreateView(view)] => view.query.names.clone(),
        [Operation::Rows(change)] => change.names.clone(),
        [Operation::CreateTrigger(trigger)] => match &trigger.trigger.action {
            TriggerAction::Statements(Query { names, .. }) => names.clone(),
            TriggerAction::Call { .. } => Names::default(),
        },
        _ => panic!("{lowered:?}"),
    };
    assert!(names.complete);
    names.scopes.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(scope: &Scope) -> String {
    let mut line = scope.parent.map_or_else(|| "top".to_owned(), |parent| format!("in {parent}"));
    for source in &scope.sources {
        let relation = match &source.relation {
            SourceRelation::Relation(name) => name.to_string(),
            SourceRelation::Query { scope, .. } => format!("query {scope}"),
            SourceRelation::Opaque => "?".to_owned(),
        };
        let alias = source.alias.as_ref().map(|alias| format!(" as {alias}")).unwrap_or_default();
        line.push_str(&format!(", {relation}{alias}"));
    }
    let column = |used: &ColumnUse| match &used.qualifier {
        Some(qualifier) => format!("{qualifier}.{}", used.name),
        None => used.name.to_string(),
    };
    line.push(':');
    for column in scope.columns.iter().map(column) {
        line.push_str(&format!(" {column}"));
    }
    for name in &scope.maybe_columns {
        line.push_str(&format!(" {name}?"));
    }
    line
}

#[test]
fn each_query_opens_a_scope() {
    let cases = [
        ("SELECT a, t.b FROM t AS u, v", "top, t as u, v: a t.b"),
        ("SELECT \"a\", rowid, true FROM main.t", "top, t: a? rowid? true?"),
        ("SELECT (SELECT max(x) FROM u WHERE y = t.z) FROM t", "top, t:\nin 0, u: x y t.z"),
        (
            "WITH q (x) AS (SELECT a FROM t) SELECT x FROM q JOIN (SELECT b FROM q) AS s",
            "top, query 1 as q, query 2 as s: x\ntop, t: a\ntop, query 1 as q: b",
        ),
        ("SELECT a FROM t UNION SELECT b FROM u ORDER BY c", "top, t: a\ntop, u: b\ntop, ?: c"),
        (
            "SELECT value FROM json_each('[]'), pragma_table_info('t') AS p",
            "top, ? as json_each, ? as p: value",
        ),
        ("SELECT a FROM other.t WHERE a IN u", "top, ? as t: a a\nin 0, u:"),
    ];
    for (statement, expected) in cases {
        assert_eq!(scopes(statement), expected, "{statement}");
    }
}

#[test]
fn the_target_is_a_source_where_it_can_be_named() {
    let cases = [
        (
            "INSERT INTO t (a) SELECT b FROM u WHERE true ON CONFLICT (a) DO UPDATE SET c = excluded.c RETURNING d",
            "top, t, t as excluded: a excluded.c c d\ntop, u: b true?",
        ),
        ("UPDATE t AS x SET a = b FROM u WHERE x.c = u.d", "top, t as x, u: b x.c u.d"),
        ("DELETE FROM t WHERE a = 1 RETURNING *", "top, t: a"),
    ];
    for (statement, expected) in cases {
        assert_eq!(scopes(statement), expected, "{statement}");
    }
}

#[test]
fn the_statements_of_a_trigger_see_its_rows() {
    let trigger = "CREATE TRIGGER g AFTER UPDATE ON t BEGIN
        INSERT INTO log (a, b) VALUES (NEW.a, OLD.b);
        UPDATE u SET c = (SELECT d FROM w) WHERE id = NEW.id;
    END";
    let expected = "top, t as new, t as old:
in 0, log: a? b?
in 0: NEW.a OLD.b
in 0, u: id NEW.id c?
in 3, w: d";
    assert_eq!(scopes(trigger), expected);
}
