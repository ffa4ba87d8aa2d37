use migrate_core::{
    Dialect, Name, Schema,
    schema::{Namespace, Origin},
};

use crate::{config::Config, sql::identifier};

/// Tables in which tools note what they have applied. They come and go by no script.
const OF_TOOLS: [&str; 8] = [
    "__diesel_schema_migrations",
    "_sqlx_migrations",
    "goose_db_version",
    "goose_db_version_id_seq",
    "refinery_schema_history",
    "schema_migrations",
    "seaql_migrations",
    "__drizzle_migrations",
];

/// The tables of this project's own journal, without their prefix.
const OWN: [&str; 3] = ["history", "state", "version"];

/// The database before the first revision: empty but for what others make, which is unknown.
#[must_use]
pub fn beginning(dialect: Dialect, config: &Config) -> Schema {
    let mut schema = Schema::new(dialect);
    if let Some(name) = &config.schema {
        let name = identifier(name, dialect);
        schema.namespaces.insert(name.clone(), Namespace { made: Origin::NONE });
        let after = schema.own_path.iter().filter(|other| **other != name).cloned();
        schema.own_path = std::iter::once(name.clone()).chain(after).collect();
    }
    schema.begin_session();
    schema.unknown.names.extend(OF_TOOLS.map(|name| identifier(name, dialect)));
    let own = OWN.map(|table| identifier(&format!("{}_{table}", config.version_table), dialect));
    schema.unknown.names.extend(own);
    for external in &config.externals {
        let mut parts: Vec<Name> = external.split('.').map(|part| identifier(part, dialect)).collect();
        // `auth.*` is the schema `auth` and all in it; that a name is unknown is no secret of one schema.
        parts.retain(|part| part.as_str() != "*");
        for part in parts {
            if part.contains('*') {
                schema.unknown.patterns.push(part.identity().to_owned());
            } else {
                schema.unknown.names.insert(part);
            }
        }
    }
    schema
}
