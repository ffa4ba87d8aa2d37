//! Tables and views, as far as they are more than their columns.

use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{
    Name, QualifiedName, Schema,
    schema::{
        Names, Origin, Partition, PartitionBound, Partitioning, Persistence, Query, Relation, Table, View,
    },
};

use super::cell::{OWN, Row, expression, of_users};

pub(super) fn question() -> String {
    let ours = of_users("pg_class", "c.oid");
    // The key of a partition is a column, or stands in parentheses.
    format!(
        "SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, \
         pg_catalog.pg_get_expr(c.relpartbound, c.oid), pg_catalog.pg_get_partkeydef(c.oid), \
         CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END, \
         (SELECT string_agg(concat_ws(chr(31), pn.nspname, p.relname), chr(30) ORDER BY i.inhseqno) \
          FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent \
          JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) \
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't' AND {OWN} AND {ours}"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let name = row.qualified(0);
        if matches!(row.text(2), "v" | "m") {
            schema.relations.insert(name.clone(), Relation::View);
            schema.views.insert(name, Arc::new(view(row)));
        } else {
            schema.relations.insert(name.clone(), Relation::Table);
            schema.tables.insert(name, Arc::new(table(row)));
        }
    }
}

fn table(row: &Row) -> Table {
    Table {
        persistence: if row.text(3) == "u" { Persistence::Unlogged } else { Persistence::Permanent },
        row_security: row.is(4),
        force_row_security: row.is(5),
        partition: row.expression(6).map(|sql| PartitionBound { sql }),
        partitioning: row.maybe(7).and_then(partitioning),
        inherits: row.list(9).iter().filter_map(|parent| parent.split_once('\x1f')).map(qualified).collect(),
        ..Table::empty(Origin::NONE)
    }
}

fn qualified((schema, name): (&str, &str)) -> QualifiedName {
    QualifiedName::new(Name::exact(schema), Name::exact(name))
}

fn view(row: &Row) -> View {
    let sql = row.text(8).trim_end_matches(';').trim();
    View {
        materialized: row.text(2) == "m",
        query: Query {
            sql: sql.into(),
            canonical: sql.into(),
            names: Names::default(),
            outputs: None,
            exact: true,
        },
        columns: Some(Vec::new()),
        indexes: BTreeMap::new(),
        triggers: BTreeMap::new(),
        temporary: false,
        made: Origin::NONE,
    }
}

/// `RANGE (a, lower(b) COLLATE "C")`: commas within parentheses and quotes separate nothing.
fn partitioning(text: &str) -> Option<Partitioning> {
    let (strategy, rest) = text.split_once(' ')?;
    let keys = rest.trim().strip_prefix('(')?.strip_suffix(')')?;
    let keys = entries(keys).into_iter().map(|key| {
        let key = key.trim();
        let bare = key.strip_prefix('"').and_then(|key| key.strip_suffix('"'));
        let is_name = |text: &str| text.chars().all(|letter| letter == '_' || letter.is_alphanumeric());
        match bare {
            Some(name) if !name.contains('"') => Partition::Column(Name::exact(name)),
            _ if is_name(key) => Partition::Column(Name::exact(key)),
            _ => Partition::Expression(expression(key)),
        }
    });
    Some(Partitioning { strategy: strategy.to_owned(), keys: keys.collect() })
}

fn entries(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0usize, None, 0);
    let mut found = Vec::new();
    for (place, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push(&text[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}
