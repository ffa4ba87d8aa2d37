use migrate_core::{Name, ObjectName};
use squawk_syntax::ast;

use super::name::existing;

/// The types whose classes of operators are the ones that an index takes by itself: `int4_ops`, `gist_int4_ops`,
/// `int4_minmax_ops`.
const TYPES: [&str; 54] = [
    "aclitem",
    "array",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "cash",
    "char",
    "cid",
    "circle",
    "citext",
    "cube",
    "date",
    "enum",
    "float4",
    "float8",
    "hstore",
    "inet",
    "int2",
    "int4",
    "int8",
    "interval",
    "jsonb",
    "ltree",
    "macaddr",
    "macaddr8",
    "money",
    "multirange",
    "name",
    "numeric",
    "oid",
    "oidvector",
    "pg_lsn",
    "point",
    "poly",
    "quad_point",
    "range",
    "record",
    "seg",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "tsquery",
    "tsvector",
    "uuid",
    "varbit",
    "vbit",
    "xid",
    "xid8",
    "_int",
];

/// The class of operators of a key, unless it is the one that the index would take by itself. Its schema is left out:
/// it is the one of an extension, and no two extensions call a class the same.
pub(super) fn operator_class(class: &ast::OpClassRef, method: &Name) -> Option<ObjectName> {
    let class = existing(class)?.name;
    (!is_default(&class, method)).then(|| ObjectName::bare(class))
}

fn is_default(class: &str, method: &str) -> bool {
    // Of what there is for a network, these are not the first choice.
    if class == "inet_minmax_ops" || class == "inet_ops" && method == "gist" || class == "gin__int_ops" {
        return false;
    }
    let Some(ty) = class.strip_suffix("_ops") else { return false };
    let ty = ["_minmax", "_inclusion"].iter().find_map(|kind| ty.strip_suffix(kind)).unwrap_or(ty);
    let ty = ["gist_", "gin_", "btree_", "hash_"].iter().find_map(|kind| ty.strip_prefix(kind)).unwrap_or(ty);
    TYPES.contains(&ty)
}

#[cfg(test)]
mod tests {
    use super::is_default;

    #[test]
    fn classes_that_an_index_takes_by_itself_are_told_from_others() {
        for (class, method) in [
            ("int4_ops", "btree"),
            ("text_minmax_ops", "brin"),
            ("jsonb_ops", "gin"),
            ("gist_int4_ops", "gist"),
            ("gist__int_ops", "gist"),
            ("inet_ops", "btree"),
            ("range_inclusion_ops", "brin"),
        ] {
            assert!(is_default(class, method), "{class} {method}");
        }
        for (class, method) in [
            ("inet_ops", "gist"),
            ("text_pattern_ops", "btree"),
            ("jsonb_path_ops", "gin"),
            ("gin_trgm_ops", "gin"),
            ("gin__int_ops", "gin"),
            ("vector_l2_ops", "hnsw"),
            ("int4_minmax_multi_ops", "brin"),
            ("varchar_ops", "btree"),
        ] {
            assert!(!is_default(class, method), "{class} {method}");
        }
    }
}
