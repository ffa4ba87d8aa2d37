use super::Question;
use crate::{
    database::{Room as _, postgres::Postgres},
    journal::Names,
};

/// A session, for people.
const WHO: &str = "'process ' || a.pid || coalesce(' (' || coalesce(nullif(a.application_name, ''), 'user ' || a.usename) || ')', '')";

pub(in crate::database) fn postgres(question: Question<'_>) -> Option<String> {
    match question {
        Question::OpenTransactions { longest } => Some(open_transactions(longest.as_millis())),
        Question::Waits => Some(waits()),
        Question::HiddenSessions => Some(
            "SELECT count(*) || ' of them hide it; a member of `pg_read_all_stats` sees all' \
             FROM pg_catalog.pg_stat_activity a WHERE a.datname = current_database() \
             AND a.query = '<insufficient privilege>' HAVING count(*) > 0"
                .to_owned(),
        ),
        Question::InvalidIndexes { schema } => Some(invalid_indexes(schema)),
        Question::MissingRights { schema, tables } => schema.map(|schema| missing_rights(schema, tables)),
        Question::TablesWithoutTransactions
        | Question::BrokenReferences
        | Question::File
        | Question::Integrity
        | Question::JournalMode => None,
    }
}

/// Those of sessions, and those that were prepared and belong to none.
fn open_transactions(longest: u128) -> String {
    format!(
        "SELECT {WHO}, date_trunc('second', a.xact_start)::text, coalesce(' (' || a.state || ')', ''), \
         'SELECT pg_terminate_backend(' || a.pid || ')' \
         FROM pg_catalog.pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
         AND a.backend_type = 'client backend' AND a.xact_start < clock_timestamp() - interval '{longest} milliseconds' \
         UNION ALL SELECT 'the prepared transaction `' || p.gid || '`', date_trunc('second', p.prepared)::text, '', \
         'ROLLBACK PREPARED ' || quote_literal(p.gid) FROM pg_catalog.pg_prepared_xacts p \
         WHERE p.database = current_database() \
         AND p.prepared < clock_timestamp() - interval '{longest} milliseconds' ORDER BY 2, 1"
    )
}

fn waits() -> String {
    format!(
        "SELECT {WHO}, coalesce('a lock on `' || (SELECT l.relation::regclass::text FROM pg_catalog.pg_locks l \
         WHERE l.pid = a.pid AND NOT l.granted AND l.relation IS NOT NULL LIMIT 1) || '`', \
         'the ' || a.wait_event || ' of another session'), \
         (SELECT string_agg('process ' || b.pid, ' and ' ORDER BY b.pid) FROM unnest(pg_blocking_pids(a.pid)) b (pid) \
         WHERE b.pid > 0), \
         (SELECT string_agg('SELECT pg_terminate_backend(' || b.pid || ')', '; ' ORDER BY b.pid) \
         FROM unnest(pg_blocking_pids(a.pid)) b (pid) WHERE b.pid > 0) \
         FROM pg_catalog.pg_stat_activity a WHERE a.datname = current_database() AND a.wait_event_type = 'Lock' \
         AND a.query_start < clock_timestamp() - interval '1 second' AND cardinality(pg_blocking_pids(a.pid)) > 0 \
         ORDER BY a.pid"
    )
}

fn invalid_indexes(schema: Option<&str>) -> String {
    let place = schema.map_or("current_schema()::regnamespace".to_owned(), |schema| {
        format!("{}::regnamespace", Postgres.literal(schema))
    });
    format!(
        "SELECT format('%I.%I', n.nspname, c.relname), i.indrelid::regclass::text, \
         (c.relname ~ '_cc(new|old)[0-9]*$')::text \
         FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relnamespace = {place} AND NOT EXISTS \
         (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) ORDER BY 1"
    )
}

fn missing_rights(schema: &str, tables: &Names) -> String {
    let place = Postgres.literal(schema);
    let mut parts = vec![format!(
        "SELECT 'CREATE', 'the schema `' || {place} || '`', \
         'GRANT USAGE, CREATE ON SCHEMA ' || {place} || ' TO ' || quote_ident(current_user) \
         WHERE NOT has_schema_privilege({place}::regnamespace, 'CREATE')"
    )];
    for table in [&tables.state, &tables.version, &tables.history] {
        let table = Postgres.literal(table);
        for right in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
            parts.push(format!(
                "SELECT '{right}', 'the table `' || {table} || '`', \
                 'GRANT {right} ON ' || {table} || ' TO ' || quote_ident(current_user) \
                 WHERE NOT has_table_privilege(to_regclass({table}), '{right}')"
            ));
        }
    }
    parts.join(" UNION ALL ")
}
