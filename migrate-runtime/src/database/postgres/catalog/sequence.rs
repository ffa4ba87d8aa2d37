//! Sequences.

use std::sync::Arc;

use migrate_core::{
    Schema,
    schema::{Origin, Relation, Sequence, SequenceOptions},
};

use super::cell::{OWN, Row, of_users, type_of};

pub(super) fn question() -> String {
    let ours = of_users("pg_class", "c.oid");
    let data_type = type_of("s.seqtypid", "-1");
    format!(
        "SELECT n.nspname, c.relname, {data_type}, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, \
         s.seqcycle, tn.nspname, t.relname, a.attname, d.deptype \
         FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid \
         AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') \
         LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid \
         LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace \
         LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid \
         WHERE c.relpersistence <> 't' AND {OWN} AND {ours}"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let sequence = Sequence {
            data_type: row.data_type(2),
            options: SequenceOptions {
                start: row.number(3),
                increment: row.number(4),
                min: row.number(5),
                max: row.number(6),
                cache: row.number(7),
                cycle: row.is(8),
            },
            owned_by: row.maybe(11).map(|_| (row.qualified(9), row.name(11))),
            of_identity: row.text(12) == "i",
            made: Origin::NONE,
        };
        schema.relations.insert(row.qualified(0), Relation::Sequence);
        schema.sequences.insert(row.qualified(0), Arc::new(sequence));
    }
}
