//! Schemas and extensions.

use migrate_core::{
    Schema,
    schema::{Extension, Namespace, Origin},
};

use super::cell::{OWN, Row, of_no_extension};

pub(super) fn question() -> String {
    let ours = of_no_extension("pg_namespace", "n.oid");
    format!("SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE {OWN} AND {ours}")
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    schema.namespaces = rows.iter().map(|row| (row.name(0), Namespace { made: Origin::NONE })).collect();
}

/// `plpgsql` is there from the beginning.
pub(super) fn extensions() -> String {
    "SELECT e.extname, n.nspname FROM pg_catalog.pg_extension e \
     JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'"
        .to_owned()
}

pub(super) fn read_extensions(rows: &[Row], schema: &mut Schema) {
    schema.extensions = rows
        .iter()
        .map(|row| (row.name(0), Extension { schema: Some(row.name(1)), made: Origin::NONE }))
        .collect();
}
