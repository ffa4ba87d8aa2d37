//! Indexes: those by themselves, and what those of constraints add to these. One row a key.

use std::sync::Arc;

use migrate_core::{
    Name, QualifiedName, Schema,
    schema::{Constraint, ConstraintKind, ExcludeElement, Index, IndexKey, IndexTarget, Origin, Relation},
};

use super::cell::{OWN, Row, of_users};

pub(super) fn question() -> String {
    let ours = of_users("pg_class", "c.oid");
    // Which collation an expression has by itself, only the server knows: it leaves that one out.
    let collated = "CASE WHEN k.number <> 0 THEN l.oid <> a.attcollation ELSE position(pg_catalog.pg_get_indexdef(\
                    i.indexrelid, k.place::int, false) || ' COLLATE ' IN pg_catalog.pg_get_indexdef(i.indexrelid)) > 0 \
                    END";
    format!(
        "SELECT n.nspname, c.relname, x.relname, i.indisunique, m.amname, \
         pg_catalog.pg_get_expr(i.indpred, i.indrelid), to_jsonb(i) ->> 'indnullsnotdistinct', \
         k.place > i.indnkeyatts, a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, k.place::int, false), \
         CASE WHEN NOT o.opcdefault THEN pn.nspname END, CASE WHEN NOT o.opcdefault THEN o.opcname END, \
         ln.nspname, l.collname, coalesce(i.indoption[k.place - 1], 0), r.conname, p.oprname \
         FROM pg_catalog.pg_index i \
         JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = x.relam \
         CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place) \
         LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number <> 0 \
         LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[k.place - 1] \
         LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = o.opcnamespace \
         LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[k.place - 1] AND {collated} \
         LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace \
         LEFT JOIN pg_catalog.pg_constraint r ON r.conindid = i.indexrelid AND r.contype IN ('p', 'u', 'x') \
         LEFT JOIN pg_catalog.pg_operator p ON p.oid = r.conexclop[k.place] \
         WHERE c.relpersistence <> 't' AND {OWN} AND {ours} ORDER BY i.indexrelid, k.place"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for group in rows.chunk_by(|one, other| (0..3).all(|place| one.text(place) == other.text(place))) {
        let [first, ..] = group else { continue };
        let table = first.qualified(0);
        if first.maybe(15).is_some() {
            complete(schema, &table, &first.name(15), group);
            continue;
        }
        let index = index(first, group);
        let name = QualifiedName::new(table.schema.clone(), index.name.clone());
        if let Some(found) = schema.tables.get_mut(&table) {
            Arc::make_mut(found).indexes.insert(index.name.clone(), index);
        } else if let Some(found) = schema.views.get_mut(&table) {
            Arc::make_mut(found).indexes.insert(index.name.clone(), index);
        } else {
            continue;
        }
        schema.relations.insert(name, Relation::Index(table));
    }
}

fn index(first: &Row, rows: &[Row]) -> Index {
    Index {
        name: first.name(2),
        named_by_database: false,
        unique: first.is(3),
        method: first.name(4),
        keys: rows.iter().filter(|row| !row.is(7)).map(key).collect(),
        include: included(rows),
        predicate: first.expression(5),
        nulls_not_distinct: first.is(6),
        made: Origin::NONE,
    }
}

fn included(rows: &[Row]) -> Vec<Name> {
    rows.iter().filter(|row| row.is(7)).map(|row| row.name(8)).collect()
}

fn key(row: &Row) -> IndexKey {
    // https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_index.h
    const DESCENDING: i64 = 1;
    const NULLS_FIRST: i64 = 2;
    let options = row.number(14).unwrap_or_default();
    let target = match row.maybe(8) {
        Some(_) => IndexTarget::Column(row.name(8)),
        None => IndexTarget::Expression(super::cell::expression(row.text(9))),
    };
    IndexKey {
        target,
        collation: row.object(12),
        operator_class: row.object(10),
        descending: options & DESCENDING != 0,
        nulls_first: options & NULLS_FIRST != 0,
    }
}

/// Gives the constraint what its index knows.
fn complete(schema: &mut Schema, table: &QualifiedName, name: &Name, rows: &[Row]) {
    let Some(found) = schema.tables.get_mut(table) else { return };
    let constraints = &mut Arc::make_mut(found).constraints;
    let is_it = |constraint: &&mut Constraint| constraint.name.as_ref() == Some(name);
    let Some(constraint) = constraints.iter_mut().find(is_it) else { return };
    let Some(first) = rows.first() else { return };
    match &mut constraint.kind {
        ConstraintKind::PrimaryKey { include, .. } => *include = included(rows),
        ConstraintKind::Unique { include, nulls_not_distinct, .. } => {
            *include = included(rows);
            *nulls_not_distinct = first.is(6);
        }
        ConstraintKind::Exclude { method, elements, predicate, include } => {
            *method = first.name(4);
            let keys = rows.iter().filter(|row| !row.is(7));
            *elements =
                keys.map(|row| ExcludeElement { key: key(row), operator: row.text(16).to_owned() }).collect();
            *predicate = first.expression(5);
            *include = included(rows);
        }
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::NotNull { .. } => {}
    }
    let index = QualifiedName::new(table.schema.clone(), first.name(2));
    schema.relations.insert(index, Relation::Constraint(table.clone()));
}
