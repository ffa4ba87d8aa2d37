//! Images of the objects that change outside transactions: indexes that are built or dropped concurrently, and tables that
//! cease to be partitions concurrently. All other changes share a transaction with their bookkeeping.

use migrate_core::graph::{ObjectKind, Probe};

use super::Postgres;
use crate::database::{INVALID, Room};

/// The image of an object.
pub(super) fn of(room: &Postgres, probe: &Probe) -> Option<String> {
    let name = probe.schema.iter().chain([&probe.name]).map(|name| room.identifier(name));
    let name = room.literal(&name.collect::<Vec<_>>().join("."));
    match probe.kind {
        ObjectKind::Index => Some(format!(
            "(SELECT CASE WHEN i.indisvalid AND i.indisready THEN pg_catalog.pg_get_indexdef(i.indexrelid) \
             ELSE '{INVALID}' END FROM pg_catalog.pg_index i WHERE i.indexrelid = to_regclass({name}))"
        )),
        ObjectKind::Table => Some(format!(
            "(SELECT concat_ws(' ', c.relkind, pg_catalog.pg_get_expr(c.relpartbound, c.oid), \
             (SELECT string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno) FROM pg_catalog.pg_inherits h \
             WHERE h.inhrelid = c.oid)) FROM pg_catalog.pg_class c \
             WHERE c.oid = to_regclass({name}) AND c.relkind IN ('r', 'p', 'f'))"
        )),
        _ => None,
    }
}
