use std::time::Duration;

use futures_core::future::BoxFuture;
use migrate_core::{
    Dialect,
    graph::{ObjectKind, Probe, Script, StatementKind},
};
use sqlx::{
    Pool, Row as _,
    postgres::{PgConnectOptions, PgDatabaseError, PgErrorPosition, PgRow},
};

use super::{
    access::access,
    catalog, image,
    settings::{FIXED, REMEMBER, REMEMBERED},
};
use crate::database::{
    Access, Archive, Catalog, Doors, Opened, Question, Room, address, archive, driver, literals, on_server,
    question, quoted,
};
use crate::{
    Error, ErrorKind, Result,
    connectable::Door,
    journal::Names,
    session::{Class, Failure, Outcome, Place, Session},
    settings::Options,
};

/// The room of PostgreSQL.
pub(crate) struct Postgres;

/// SQLSTATEs of our own: the claim matched no row; somebody else holds the lock.
const CLAIM_LOST: &str = "MG001";
const LOCKED: &str = "MG002";

impl driver::Supported for sqlx::Postgres {
    const DIALECT: Dialect = Dialect::Postgres;

    driver::run!(cell, failure);

    fn place(options: &PgConnectOptions) -> String {
        on_server(options.get_database(), options.get_host(), options.get_port())
    }

    fn access(options: &PgConnectOptions) -> Option<Access> {
        Some(access(options))
    }

    fn ends_with_its_connections(_: &Pool<Self>) -> bool {
        false
    }
}

fn cell(row: &PgRow, index: usize) -> Option<String> {
    let value = row.try_get_raw(index).ok()?;
    value.as_str().ok().map(str::to_owned)
}

fn failure(error: sqlx::Error) -> Failure {
    let sqlx::Error::Database(database) = &error else {
        return driver::failure_of_driver(error);
    };
    let Some(database) = database.try_downcast_ref::<PgDatabaseError>() else {
        return driver::failure_of_driver(error);
    };
    let code = database.code();
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    let class = match code {
        CLAIM_LOST => Class::ClaimLost,
        "42601" => Class::Syntax,
        "25P02" => Class::InTransaction,
        LOCKED => Class::Locked,
        "42P01" | "3F000" => Class::UnknownTable,
        "42703" => Class::UnknownColumn,
        "55P03" | "40P01" | "40001" => Class::Busy,
        "25006" => Class::ReadOnly,
        "53100" => Class::DiskFull,
        "42501" => Class::Permission,
        "28P01" | "28000" | "3D000" => Class::Authentication,
        "53300" => Class::Connection,
        "23503" => Class::ForeignKey,
        _ if code.starts_with("23") => Class::Constraint,
        _ if code.starts_with("08") || code.starts_with("57P") => Class::Connection,
        _ => Class::Other,
    };
    let place = match database.position() {
        Some(PgErrorPosition::Original(character)) => Place::Character(character),
        _ => Place::Unknown,
    };
    Failure {
        class,
        message: database.message().to_owned(),
        code: Some(code.to_owned()),
        detail: database.detail().map(str::to_owned),
        place,
        source: Some(Box::new(error)),
    }
}

/// How many sessions in the way are named.
const MOST: usize = 5;

/// A row of the list of sessions, for people.
const WHO: &str = "'process ' || a.pid \
    || coalesce(' (' || coalesce(nullif(a.application_name, ''), 'user ' || a.usename, a.backend_type) || ')', ''), \
    'connected since ' || date_trunc('second', a.backend_start), \
    CASE WHEN a.state = 'active' THEN a.query END";

impl Postgres {
    /// A block that does `body` on the server.
    pub(in crate::database) fn block(body: &str) -> String {
        let mut tag = String::from("migrate");
        while body.contains(&format!("${tag}$")) {
            tag.push('_');
        }
        format!("DO ${tag}$ BEGIN {body} END ${tag}$")
    }

    fn lock_number(&self, key: &str) -> String {
        format!("hashtextextended({}, 0)", self.literal(key))
    }

    /// Reads what a script may change, and where the tables are.
    fn questions(&self, names: &Names, schema: Option<&str>) -> String {
        let tables = names.listed(self);
        let place = schema.map_or_else(
            || {
                let state = self.literal(&self.identifier(&names.plain()[0]));
                format!(
                    "coalesce((SELECT n.nspname FROM pg_catalog.pg_class c \
                     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
                     WHERE c.oid = to_regclass({state})), current_schema())"
                )
            },
            |schema| {
                format!(
                    "(SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = {})",
                    self.literal(schema)
                )
            },
        );
        format!(
            "SELECT {place}, current_database(), current_setting('role'), session_user; \
             SELECT c.relname || '.' || a.attname FROM pg_catalog.pg_attribute a \
             JOIN pg_catalog.pg_class c ON c.oid = a.attrelid \
             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = {place} AND c.relname IN ({tables}) AND a.attnum > 0 AND NOT a.attisdropped; \
             SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' AND name NOT IN ({FIXED})"
        )
    }
}

impl Room for Postgres {
    fn catalog<'a>(&'a self, door: &'a mut dyn Door) -> BoxFuture<'a, Result<Catalog, Failure>> {
        Box::pin(catalog::read(door))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn identifier(&self, name: &str) -> String {
        quoted(name, '"')
    }

    fn literal(&self, text: &str) -> String {
        let literal = quoted(text, '\'');
        // In an E string a backslash means the same whatever `standard_conforming_strings` says.
        if text.contains('\\') { format!("E{}", literal.replace('\\', "\\\\")) } else { literal }
    }

    fn as_text(&self, expression: &str) -> String {
        format!("{expression}::text")
    }

    fn as_hex(&self, expression: &str) -> String {
        format!("encode({expression}, 'hex')")
    }

    fn now(&self) -> &'static str {
        "clock_timestamp()"
    }

    fn elapsed(&self, _: Duration) -> String {
        "(extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000)::bigint".to_owned()
    }

    fn create_tables(&self, names: &Names) -> Vec<String> {
        vec![
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 namespace varchar(255) COLLATE \"C\" NOT NULL PRIMARY KEY, format integer NOT NULL, \
                 generation bigint NOT NULL, running_revision varchar(255) COLLATE \"C\", \
                 running_direction varchar(8), running_statement integer, running_script varchar(40), \
                 running_image text, running_by text, running_session text, running_since timestamptz)",
                names.state
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 namespace varchar(255) COLLATE \"C\" NOT NULL, revision varchar(255) COLLATE \"C\" NOT NULL, \
                 fingerprint varchar(80) NOT NULL, parents text NOT NULL, depends_on text NOT NULL, \
                 is_head smallint NOT NULL, down text NOT NULL, applied_at timestamptz NOT NULL, \
                 PRIMARY KEY (namespace, revision))",
                names.version
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, namespace varchar(255) COLLATE \"C\" NOT NULL, \
                 revision varchar(255) COLLATE \"C\" NOT NULL, direction varchar(8) NOT NULL, \
                 outcome varchar(8) NOT NULL, fingerprint varchar(80) NOT NULL, generation bigint NOT NULL, \
                 statements_done integer NOT NULL, statements integer NOT NULL, elapsed_ms bigint NOT NULL, \
                 runner text NOT NULL, error text, recorded_at timestamptz NOT NULL)",
                names.history
            ),
        ]
    }

    fn insert_state(&self, table: &str, columns: &str, values: &str) -> String {
        format!("INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING")
    }

    fn address(&self, url: &str) -> Result<(Doors, String), sqlx::Error> {
        address::address::<sqlx::Postgres>(url)
    }

    fn foreign_columns(&self, schema: Option<&str>, tables: &[&str]) -> [String; 2] {
        let place = schema.map_or("current_schema()".to_owned(), |schema| self.literal(schema));
        let columns = format!(
            "SELECT n.nspname, c.relname, a.attname, a.atttypid = 'pg_catalog.bytea'::regtype \
             FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid \
             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             WHERE c.relkind IN ('r', 'p') AND c.relname IN ({}) AND a.attnum > 0 AND NOT a.attisdropped \
             ORDER BY n.nspname, c.relname, a.attnum",
            literals(self, tables)
        );
        [format!("SELECT {place}"), columns]
    }

    fn archive(&self) -> &'static dyn Archive {
        &archive::Postgres
    }

    fn question(&self, question: Question<'_>) -> Option<String> {
        question::postgres(question)
    }

    fn ask_for_transaction(&self) -> &'static str {
        "SELECT CASE WHEN transaction_timestamp() < statement_timestamp() THEN 'yes' END"
    }

    fn open<'a>(
        &'a self,
        session: &'a mut dyn Session,
        options: &'a Options,
    ) -> BoxFuture<'a, Result<Opened>> {
        Box::pin(async move {
            let settings = &options.settings;
            let schema = settings.schema.as_deref();
            let names = Names::new(self, settings, None);
            let answer = session.query(&self.questions(&names, schema)).await.complete();
            let answer = answer.map_err(|failure| Error::of_failure("cannot read the database", failure))?;
            let [facts, columns, changed] = <[Outcome; 3]>::try_from(answer)
                .map_err(|_| Error::new(ErrorKind::Database, "the server answered less than it was asked"))?;
            let mut facts = facts.rows.into_iter().flatten();
            let mut fact = || facts.next().flatten();
            let (found, database, role, user) = (fact(), fact(), fact(), fact());
            let Some(found) = found else {
                let message = match schema {
                    Some(schema) => format!("there is no schema `{schema}`"),
                    None => "no schema of the search path exists".to_owned(),
                };
                return Err(Error::new(ErrorKind::Bookkeeping, message)
                    .with_hint("create the schema first, or set `search_path`"));
            };
            let changed: Vec<(String, String)> = crate::database::pairs(changed.rows);
            let (role, user) = (role.unwrap_or_else(|| "none".to_owned()), user.unwrap_or_default());
            let columns = columns.rows.into_iter().flatten().flatten().collect();
            let place = format!("{}.{found}", database.unwrap_or_default());
            let schema_of_tables = Some(self.identifier(&found));
            if options.pooled {
                let restore = self.restore(&user, &role, REMEMBERED);
                return Ok(Opened { place, schema: schema_of_tables, columns, restore, ..Opened::default() });
            }
            let give_back = self.restore(&user, &role, &self.values(&changed));
            let mut working = changed;
            if let Some(schema) = schema {
                working.retain(|(name, _)| name != "search_path");
                working.push(("search_path".to_owned(), self.search_path(schema)));
            }
            let restore = self.restore(&user, &role, &self.values(&working));
            if schema.is_some() {
                let sent = session.send(&restore.join("; ")).await.complete();
                sent.map_err(|failure| Error::of_failure("cannot enter the schema", failure))?;
            }
            Ok(Opened { place, schema: schema_of_tables, columns, restore, give_back, ..Opened::default() })
        })
    }

    fn try_lock<'a>(
        &'a self,
        session: &'a mut dyn Session,
        key: &'a str,
    ) -> BoxFuture<'a, Result<bool, Failure>> {
        Box::pin(async move {
            let text = format!("SELECT pg_try_advisory_lock({})::text", self.lock_number(key));
            let rows = session.query(&text).await.rows()?;
            Ok(rows.into_iter().flatten().flatten().next().as_deref() == Some("true"))
        })
    }

    fn holder(&self, key: &str) -> Option<String> {
        // A lock on a bigint shows its halves as two oids, and 1 as its kind.
        let number = self.lock_number(key);
        Some(format!(
            "SELECT {WHO} FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid \
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 \
             AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) \
             AND (l.classid::bigint << 32 | l.objid::bigint) = {number} LIMIT 1"
        ))
    }

    fn blockers(&self, names: &[String]) -> Vec<String> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        vec![format!(
            "SELECT DISTINCT {WHO} FROM pg_catalog.pg_locks l \
             JOIN pg_catalog.pg_class c ON c.oid = l.relation \
             JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid \
             WHERE l.granted AND l.pid <> pg_backend_pid() AND c.relname IN ({}) \
             AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) \
             ORDER BY 1 LIMIT {MOST}",
            literals(self, &names)
        )]
    }

    fn unlock(&self, key: &str) -> Option<String> {
        Some(format!("SELECT pg_advisory_unlock({})", self.lock_number(key)))
    }

    fn digest(&self, expression: &str) -> String {
        format!("md5({expression})")
    }

    fn joined(&self, texts: &[String]) -> String {
        texts.join(" || ")
    }

    fn session(&self) -> &'static str {
        "(SELECT pid || '@' || extract(epoch FROM backend_start) FROM pg_catalog.pg_stat_activity \
         WHERE pid = pg_backend_pid())"
    }

    fn at_work(&self, session: &str, resting: bool) -> Option<String> {
        let active = if resting { "" } else { " AND coalesce(state, 'active') <> 'idle'" };
        // What another role's session does is hidden: then it counts as at work.
        Some(format!(
            "SELECT 'process ' || pid || coalesce(', which runs: ' || left(nullif(query, ''), 80), '') \
             FROM pg_catalog.pg_stat_activity WHERE pid || '@' || extract(epoch FROM backend_start) = {} \
             AND pid <> pg_backend_pid(){active}",
            self.literal(session)
        ))
    }

    fn begin(&self) -> &'static str {
        "BEGIN"
    }

    fn sends_a_step_whole(&self) -> bool {
        true
    }

    fn before_script(&self, options: &Options, key: Option<&str>) -> Vec<String> {
        let mut statements = Vec::new();
        if options.pooled {
            statements.push(REMEMBER.to_owned());
            if let Some(schema) = &options.settings.schema {
                statements.push(format!("SET LOCAL search_path = {}", self.search_path(schema)));
            }
        }
        statements.push(format!("SET LOCAL lock_timeout = {}", options.lock_timeout.as_millis()));
        if let Some(timeout) = options.statement_timeout {
            statements.push(format!("SET LOCAL statement_timeout = {}", timeout.as_millis()));
        }
        if let Some(key) = key {
            statements.push(Self::block(&format!(
                "IF NOT pg_try_advisory_xact_lock({}) THEN RAISE EXCEPTION USING ERRCODE = '{LOCKED}', \
                 MESSAGE = 'another runner holds the migration lock'; END IF;",
                self.lock_number(key)
            )));
        }
        statements
    }

    fn asserted(&self, update: &str) -> Option<String> {
        Some(Self::block(&format!(
            "{update}; IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = '{CLAIM_LOST}', \
             MESSAGE = 'the migration state was changed by another runner'; END IF;"
        )))
    }

    fn before_statement(&self, kind: StatementKind, options: &Options) -> Option<String> {
        // A build of an index that is cut off by a timeout leaves an invalid index behind.
        let longest = if kind == StatementKind::Other { 0 } else { options.lock_timeout.as_millis() };
        Some(format!("SET lock_timeout = {longest}"))
    }

    fn remove_invalid(&self, probe: &Probe) -> Option<String> {
        let name = self.identifier(&probe.name);
        let schema = probe.schema.as_ref().map(|schema| format!("{}.", self.identifier(schema)));
        let schema = schema.unwrap_or_default();
        (probe.kind == ObjectKind::Index).then(|| format!("DROP INDEX CONCURRENTLY IF EXISTS {schema}{name}"))
    }

    fn image(&self, probe: &Probe) -> Option<String> {
        image::of(self, probe)
    }

    fn may_change_session(&self, script: &Script<'_>) -> bool {
        // A query may call a function that sets something; a change of rows hardly does.
        let is_change = |text: &str| {
            let word = text.split_whitespace().next().unwrap_or_default();
            ["INSERT", "UPDATE", "DELETE", "MERGE"].iter().any(|change| word.eq_ignore_ascii_case(change))
        };
        let mut statements = script.statements.iter().zip(script.statement_texts());
        !statements.all(|(statement, text)| match statement.kind {
            StatementKind::Schema => true,
            StatementKind::Data => is_change(text),
            _ => false,
        })
    }
}
