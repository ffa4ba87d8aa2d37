//! Row security policies.

use std::sync::Arc;

use migrate_core::{
    Schema,
    schema::{Origin, Policy, PolicyCommand},
};

use super::cell::{OWN, Row, of_users};

pub(super) fn question() -> String {
    let ours = of_users("pg_class", "c.oid");
    format!(
        "SELECT n.nspname, c.relname, p.polname, p.polpermissive, p.polcmd, \
         (SELECT string_agg(r.rolname, chr(30) ORDER BY r.rolname) FROM pg_catalog.pg_roles r \
          WHERE r.oid = ANY (p.polroles)), \
         pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) \
         FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE {OWN} AND {ours}"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let Some(table) = schema.tables.get_mut(&row.qualified(0)) else { continue };
        let policy = Policy {
            permissive: row.is(3),
            command: match row.text(4) {
                "r" => PolicyCommand::Select,
                "a" => PolicyCommand::Insert,
                "w" => PolicyCommand::Update,
                "d" => PolicyCommand::Delete,
                _ => PolicyCommand::All,
            },
            roles: row.names(5),
            using: row.expression(6),
            check: row.expression(7),
            made: Origin::NONE,
        };
        Arc::make_mut(table).policies.insert(row.name(2), policy);
    }
}
