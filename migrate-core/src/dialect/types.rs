use super::Dialect;
use crate::{Name, ObjectName, schema::DataType};

impl Dialect {
    /// Whether its databases bring a type of this name with them, by any of the names that they take for it.
    #[must_use]
    pub fn has_type(self, name: &Name) -> bool {
        match self {
            // Any words are a type.
            Self::Sqlite => true,
            Self::Postgres => {
                let name = name.identity();
                let element = name.strip_prefix('_').unwrap_or(name);
                POSTGRES.binary_search(&element).is_ok() || name.starts_with("pg_")
            }
            Self::Mysql => true,
        }
    }

    /// The type of a column that `CREATE TABLE AS` makes of one of this type; on SQLite no more than its affinity.
    #[must_use]
    pub fn copied_type(self, data_type: Option<DataType>) -> Option<DataType> {
        match self {
            Self::Sqlite => affinity(&data_type?.to_string().to_ascii_lowercase()).map(|name| DataType {
                name: ObjectName::bare(Name::caseless(name)),
                modifiers: Vec::new(),
                array: false,
            }),
            Self::Postgres | Self::Mysql => data_type,
        }
    }

    /// Whether a foreign key of a column of the one type can refer to a column of the other; `None` where that cannot be
    /// told.
    #[must_use]
    pub fn compares_keys(self, referring: &str, referenced: &str) -> Option<bool> {
        let (_, accepted) = match self {
            Self::Postgres => POSTGRES_KEYS.iter().find(|(key, _)| *key == referenced)?,
            Self::Sqlite | Self::Mysql => return None,
        };
        if accepted.contains(&referring) {
            return Some(true);
        }
        POSTGRES_KEYS.iter().any(|(known, _)| *known == referring).then_some(false)
    }
}

/// How SQLite calls what it makes of a type; `None` where it converts nothing.
fn affinity(data_type: &str) -> Option<&'static str> {
    let has = |part: &&str| data_type.contains(*part);
    if has(&"int") {
        Some("INT")
    } else if ["char", "clob", "text"].iter().any(has) {
        Some("TEXT")
    } else if has(&"blob") {
        None
    } else if ["real", "floa", "doub"].iter().any(has) {
        Some("REAL")
    } else {
        Some("NUM")
    }
}

/// The types of PostgreSQL as its catalog and as `format_type` call them, sorted.
const POSTGRES: [&str; 112] = [
    "\"char\"",
    "aclitem",
    "any",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "bigint",
    "bit",
    "bit varying",
    "bool",
    "boolean",
    "box",
    "bpchar",
    "bytea",
    "char",
    "character",
    "character varying",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "double precision",
    "event_trigger",
    "fdw_handler",
    "float4",
    "float8",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "integer",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "point",
    "polygon",
    "real",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "smallint",
    "table_am_handler",
    "text",
    "tid",
    "time",
    "time with time zone",
    "time without time zone",
    "timestamp",
    "timestamp with time zone",
    "timestamp without time zone",
    "timestamptz",
    "timetz",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "varbit",
    "varchar",
    "void",
    "xid",
    "xid8",
    "xml",
];

/// Which types a foreign key can have that refers to a key of the first one, as PostgreSQL 15 answers for each pair.
const POSTGRES_KEYS: [(&str, &[&str]); 21] = [
    ("bigint", INTEGERS),
    ("boolean", &["boolean"]),
    ("bytea", &["bytea"]),
    ("character", &["text", "character varying", "character"]),
    ("character varying", STRINGS),
    ("cidr", &["inet", "cidr"]),
    ("date", DATES),
    ("double precision", NUMBERS),
    ("inet", &["inet", "cidr"]),
    ("integer", INTEGERS),
    ("interval", &["time without time zone", "interval"]),
    ("jsonb", &["jsonb"]),
    ("macaddr", &["macaddr"]),
    ("numeric", &["smallint", "integer", "bigint", "numeric"]),
    ("real", NUMBERS),
    ("smallint", INTEGERS),
    ("text", STRINGS),
    ("time without time zone", &["time without time zone"]),
    ("timestamp with time zone", DATES),
    ("timestamp without time zone", DATES),
    ("uuid", &["uuid"]),
];

const INTEGERS: &[&str] = &["smallint", "integer", "bigint"];
const NUMBERS: &[&str] = &["smallint", "integer", "bigint", "numeric", "real", "double precision"];
const STRINGS: &[&str] = &["text", "character varying", "character", "name", "\"char\""];
const DATES: &[&str] = &["date", "timestamp without time zone", "timestamp with time zone"];

#[cfg(test)]
mod tests {
    use super::{POSTGRES, POSTGRES_KEYS};
    use crate::{Dialect, Name};

    #[test]
    fn types_are_found_by_all_of_their_names() {
        assert!(POSTGRES.is_sorted());
        for name in ["int4", "integer", "_text", "character varying", "xml", "pg_lsn"] {
            assert!(Dialect::Postgres.has_type(&Name::exact(name)), "{name}");
        }
        assert!(!Dialect::Postgres.has_type(&Name::exact("citext")), "that one is of an extension");
    }

    #[test]
    fn only_types_that_are_known_are_refused_to_each_other() {
        let compares = |referring, referenced| Dialect::Postgres.compares_keys(referring, referenced);
        assert!(POSTGRES_KEYS.is_sorted_by_key(|(name, _)| name));
        assert_eq!(compares("integer", "bigint"), Some(true));
        assert_eq!(compares("numeric", "integer"), Some(false), "though not the other way round");
        assert_eq!(compares("text", "uuid"), Some(false));
        assert_eq!(compares("citext", "uuid"), None);
        assert_eq!(compares("uuid", "citext"), None);
    }
}
