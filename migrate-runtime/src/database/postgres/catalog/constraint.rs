//! Constraints of tables and domains. The index of a constraint adds to it what only an index knows.

use std::sync::Arc;

use migrate_core::{
    Name, ObjectName, Schema,
    schema::{
        Constraint, ConstraintKind, Deferral, ForeignKey, ForeignKeyAction, MatchKind, Origin, UserTypeKind,
    },
};

use super::cell::{FIRST, OWN, Row, columns_of, of_no_extension};

pub(super) fn question() -> String {
    let ours = of_no_extension("pg_class", "k.conrelid");
    let columns = columns_of("k.conrelid", "k.conkey");
    let referenced = columns_of("k.confrelid", "k.confkey");
    let set = "(SELECT string_agg(ca.attname, chr(30) ORDER BY ca.attnum) FROM pg_catalog.pg_attribute ca \
               WHERE ca.attrelid = k.conrelid AND to_jsonb(k) -> 'confdelsetcols' @> to_jsonb(ca.attnum))";
    format!(
        "SELECT n.nspname, c.relname, yn.nspname, y.typname, k.conname, k.contype, {columns}, \
         fn.nspname, f.relname, {referenced}, k.confdeltype, k.confupdtype, k.confmatchtype, {set}, \
         k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, \
         pg_catalog.pg_get_expr(k.conbin, k.conrelid) \
         FROM pg_catalog.pg_constraint k \
         JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace \
         LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid \
         LEFT JOIN pg_catalog.pg_type y ON y.oid = k.contypid \
         LEFT JOIN pg_catalog.pg_namespace yn ON yn.oid = y.typnamespace \
         LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid \
         LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace \
         WHERE k.oid >= {FIRST} AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND {OWN} AND {ours} \
         AND NOT coalesce(to_jsonb(k) ->> 'contype' = 'f' AND k.conparentid <> 0 AND f.oid <> \
         (SELECT pk.confrelid FROM pg_catalog.pg_constraint pk WHERE pk.oid = k.conparentid), false) \
         ORDER BY k.oid"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let Some(constraint) = constraint(row) else { continue };
        if row.maybe(1).is_some() {
            if let Some(table) = schema.tables.get_mut(&row.qualified(0)) {
                Arc::make_mut(table).constraints.push(constraint);
            }
        } else if let Some(user_type) = schema.types.get_mut(&row.qualified(2))
            && let UserTypeKind::Domain(domain) = &mut Arc::make_mut(user_type).kind
        {
            domain.checks.push(constraint);
        }
    }
}

fn constraint(row: &Row) -> Option<Constraint> {
    let columns = row.names(6);
    let kind = match row.text(5) {
        "c" => ConstraintKind::Check { expression: row.expression(18)?, no_inherit: row.is(17) },
        "f" => ConstraintKind::ForeignKey(ForeignKey {
            columns,
            table: ObjectName::from(&row.qualified(7)),
            referenced: row.names(9),
            on_delete: action(row.text(10)),
            on_update: action(row.text(11)),
            set_columns: row.names(13),
            match_kind: if row.text(12) == "f" { MatchKind::Full } else { MatchKind::Simple },
        }),
        "p" => ConstraintKind::PrimaryKey { columns, include: Vec::new() },
        "u" => ConstraintKind::Unique { columns, include: Vec::new(), nulls_not_distinct: false },
        "x" => ConstraintKind::Exclude {
            method: Name::exact("gist"),
            elements: Vec::new(),
            predicate: None,
            include: Vec::new(),
        },
        _ => return None,
    };
    Some(Constraint {
        name: Some(row.name(4)),
        named_by_database: false,
        column: None,
        kind,
        deferral: match (row.is(14), row.is(15)) {
            (false, _) => Deferral::NotDeferrable,
            (true, false) => Deferral::Immediate,
            (true, true) => Deferral::Deferred,
        },
        validated: row.is(16),
        made: Origin::NONE,
    })
}

fn action(letter: &str) -> ForeignKeyAction {
    match letter {
        "r" => ForeignKeyAction::Restrict,
        "c" => ForeignKeyAction::Cascade,
        "n" => ForeignKeyAction::SetNull,
        "d" => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}
