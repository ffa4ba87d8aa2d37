//! Columns of tables and views.

use std::sync::Arc;

use migrate_core::{
    Schema,
    schema::{Column, Generated, Identity, Origin, SequenceOptions, ViewColumn},
};

use super::cell::{OWN, Row, of_users, type_of};

pub(super) fn question() -> String {
    let ours = of_users("pg_class", "c.oid");
    let data_type = type_of("a.atttypid", "a.atttypmod");
    format!(
        "SELECT n.nspname, c.relname, a.attname, {data_type}, a.attnotnull, \
         pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, \
         ln.nspname, l.collname, sn.nspname, s.relname \
         FROM pg_catalog.pg_attribute a \
         JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_catalog.pg_type y ON y.oid = a.atttypid \
         LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation AND a.attcollation <> y.typcollation \
         LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace \
         LEFT JOIN pg_catalog.pg_depend w ON a.attidentity <> '' AND w.refclassid = 'pg_catalog.pg_class'::regclass \
         AND w.refobjid = a.attrelid AND w.refobjsubid = a.attnum AND w.deptype = 'i' \
         AND w.classid = 'pg_catalog.pg_class'::regclass \
         LEFT JOIN pg_catalog.pg_class s ON s.oid = w.objid AND s.relkind = 'S' \
         LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace \
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't' AND a.attnum > 0 \
         AND NOT a.attisdropped AND {OWN} AND {ours} ORDER BY c.oid, a.attnum"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let relation = row.qualified(0);
        if let Some(table) = schema.tables.get_mut(&relation) {
            Arc::make_mut(table).columns.push(column(row));
        } else if let Some(view) = schema.views.get_mut(&relation)
            && let Some(columns) = &mut Arc::make_mut(view).columns
        {
            columns.push(ViewColumn { name: row.name(2), data_type: Some(row.data_type(3)) });
        }
    }
}

fn column(row: &Row) -> Column {
    let expression = row.expression(5);
    let (default, generated) = match (expression, row.text(7)) {
        (expression, "") => (expression, None),
        (Some(expression), kind) => (None, Some(Generated { expression, stored: kind == "s" })),
        (None, _) => (None, None),
    };
    Column {
        name: row.name(2),
        data_type: Some(row.data_type(3)),
        not_null: row.is(4),
        default,
        generated,
        identity: matches!(row.text(6), "a" | "d").then(|| Identity {
            always: row.text(6) == "a",
            sequence: row.maybe(11).map(|_| row.qualified(10)),
            options: SequenceOptions::default(),
        }),
        collation: row.object(8),
        made: Origin::NONE,
    }
}
