//! Enums, domains, composite types and ranges.

use std::sync::Arc;

use migrate_core::{
    Name, Schema,
    schema::{Attribute, DataType, Domain, Origin, UserType, UserTypeKind},
};

use super::cell::{OWN, Row, of_users, type_of};

pub(super) fn question() -> String {
    let ours = of_users("pg_type", "y.oid");
    let (base, attribute) = (type_of("y.typbasetype", "y.typtypmod"), type_of("a.atttypid", "a.atttypmod"));
    let subtype = type_of("r.rngsubtype", "-1");
    format!(
        "SELECT n.nspname, y.typname, y.typtype, \
         (SELECT string_agg(e.enumlabel, chr(30) ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e \
          WHERE e.enumtypid = y.oid), \
         {base}, y.typnotnull, pg_catalog.pg_get_expr(y.typdefaultbin, 0), ln.nspname, l.collname, \
         (SELECT string_agg(a.attname, chr(30) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a \
          WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped), \
         (SELECT string_agg({attribute}, chr(30) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a \
          WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped), \
         {subtype} \
         FROM pg_catalog.pg_type y JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace \
         LEFT JOIN pg_catalog.pg_class c ON c.oid = y.typrelid \
         LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = y.oid \
         LEFT JOIN pg_catalog.pg_type b ON b.oid = y.typbasetype \
         LEFT JOIN pg_catalog.pg_collation l ON l.oid = y.typcollation AND y.typcollation <> b.typcollation \
         LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace \
         WHERE (y.typtype IN ('e', 'd', 'r') OR y.typtype = 'c' AND c.relkind = 'c') AND {OWN} AND {ours}"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let kind = match row.text(2) {
            "e" => UserTypeKind::Enum(row.list(3)),
            "d" => UserTypeKind::Domain(Box::new(Domain {
                base: row.data_type(4),
                not_null: row.is(5),
                default: row.expression(6),
                collation: row.object(7),
                checks: Vec::new(),
            })),
            "r" => UserTypeKind::Range { subtype: row.data_type(11), options: String::new() },
            _ => UserTypeKind::Composite(attributes(row.names(9), row.data_types(10))),
        };
        schema.types.insert(row.qualified(0), Arc::new(UserType { kind, made: Origin::NONE }));
    }
}

fn attributes(names: Vec<Name>, types: Vec<DataType>) -> Vec<Attribute> {
    names.into_iter().zip(types).map(|(name, data_type)| Attribute { name, data_type }).collect()
}
