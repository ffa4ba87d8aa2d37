use super::Dialect;
use crate::Name;

impl Dialect {
    /// Whether a schema is the database's own, so that nobody knows what lies in it.
    #[must_use]
    pub fn owns_schema(self, name: &Name) -> bool {
        match self {
            Self::Postgres => {
                let name = name.identity();
                name == "information_schema" || (name.starts_with("pg_") && name != "pg_temp")
            }
            Self::Sqlite => false,
            Self::Mysql => {
                let name = name.identity();
                ["information_schema", "mysql", "performance_schema", "sys"].contains(&name)
            }
        }
    }

    /// Whether a relation of this name may be the database's own, where no schema is said.
    #[must_use]
    pub fn owns_relation(self, name: &Name) -> bool {
        let name = name.identity();
        match self {
            Self::Postgres => name.starts_with("pg_"),
            Self::Sqlite => name.starts_with("sqlite_") || self.habits().own_tables.contains(&name),
            Self::Mysql => false,
        }
    }

    /// Whether an extension brings tables, views or sequences with it, or may do so: of most the contrary is known.
    #[must_use]
    pub fn extension_has_relations(self, name: &Name) -> bool {
        !BARE_EXTENSIONS.contains(&name.identity())
    }
}

/// Extensions of PostgreSQL that bring types, functions and operators, and nothing that could be taken for a table.
const BARE_EXTENSIONS: [&str; 41] = [
    "autoinc",
    "bloom",
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "dblink",
    "dict_int",
    "dict_xsyn",
    "earthdistance",
    "file_fdw",
    "fuzzystrmatch",
    "hstore",
    "insert_username",
    "intagg",
    "intarray",
    "isn",
    "lo",
    "ltree",
    "moddatetime",
    "pg_trgm",
    "pgcrypto",
    "pgrowlocks",
    "pgstattuple",
    "plpgsql",
    "postgres_fdw",
    "prefix",
    "refint",
    "rum",
    "seg",
    "semver",
    "sslinfo",
    "tablefunc",
    "tcn",
    "tsm_system_rows",
    "tsm_system_time",
    "unaccent",
    "uuid-ossp",
    "vchord",
    "vector",
    "xml2",
];
