use futures_core::future::BoxFuture;
use migrate_core::{Dialect, Online, graph::Probe};
use sqlx::{
    Pool, Row as _,
    mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlRow},
};

use super::{access::access, engine, image, online};
use crate::database::{
    Access, Archive, Doors, Opened, Question, Room, address, archive, driver, literals, on_server, pairs,
    question, quoted,
};
use crate::{
    Error, ErrorKind, Result,
    journal::Names,
    session::{Class, Failure, Outcome, Place, Session},
    settings::Options,
};

/// The room of MySQL and MariaDB.
pub(crate) struct Mysql;

impl driver::Supported for sqlx::MySql {
    const DIALECT: Dialect = Dialect::Mysql;

    driver::run!(cell, failure);

    fn place(options: &MySqlConnectOptions) -> String {
        on_server(options.get_database(), options.get_host(), options.get_port())
    }

    fn access(options: &MySqlConnectOptions) -> Option<Access> {
        Some(access(options))
    }

    fn ends_with_its_connections(_: &Pool<Self>) -> bool {
        false
    }
}

fn cell(row: &MySqlRow, index: usize) -> Option<String> {
    row.try_get_unchecked(index).ok().flatten()
}

fn failure(error: sqlx::Error) -> Failure {
    let sqlx::Error::Database(database) = &error else {
        return driver::failure_of_driver(error);
    };
    let Some(database) = database.try_downcast_ref::<MySqlDatabaseError>() else {
        return driver::failure_of_driver(error);
    };
    // https://mariadb.com/kb/en/mariadb-error-code-reference/
    let class = match database.number() {
        1064 => Class::Syntax,
        1046 | 1049 | 1146 => Class::UnknownTable,
        1054 => Class::UnknownColumn,
        1205 | 1213 => Class::Busy,
        1845 | 1846 => Class::TooCostly,
        1290 | 1792 | 1836 => Class::ReadOnly,
        1021 | 1114 => Class::DiskFull,
        1044 if database.code() == Some("42000") => Class::Permission,
        1142 | 1143 | 1227 | 1370 => Class::Permission,
        1045 | 1698 => Class::Authentication,
        1451 | 1452 => Class::ForeignKey,
        1040 | 1053 | 1927 | 2006 | 2013 | 4031 => Class::Connection,
        _ => Class::Other,
    };
    let message = database.message().to_owned();
    let line = message.rsplit_once(" at line ").and_then(|(_, line)| line.parse().ok());
    Failure {
        class,
        code: database.code().map(str::to_owned),
        detail: None,
        place: line.map_or(Place::Unknown, Place::Line),
        message,
        source: Some(Box::new(error)),
    }
}

/// Settings that a script may change and that decide what the next one means. A server has some of them only.
const SETTINGS: [&str; 15] = [
    "sql_mode",
    "time_zone",
    "foreign_key_checks",
    "unique_checks",
    "character_set_client",
    "character_set_results",
    "collation_connection",
    "default_storage_engine",
    "group_concat_max_len",
    "innodb_lock_wait_timeout",
    "lock_wait_timeout",
    "max_execution_time",
    "max_statement_time",
    "sql_safe_updates",
    "sql_select_limit",
];

/// How many sessions in the way are named.
const MOST: usize = 5;

/// A row of the process list, for people.
const WHO: &str = "CONCAT('connection ', p.id, ' (', p.user, '@', p.host, ')'), \
                   CONCAT(IF(p.command = 'Sleep', 'idle', 'busy'), ' for ', p.time, ' s'), p.info";

impl Mysql {
    fn set<'s>(&self, settings: impl IntoIterator<Item = &'s (String, String)>) -> String {
        let settings: Vec<String> = (settings.into_iter())
            .map(|(name, value)| {
                let number = value.starts_with(|c: char| c.is_ascii_digit()) && value.parse::<f64>().is_ok();
                let value = if number { value.clone() } else { self.literal(value) };
                format!("SESSION {name} = {value}")
            })
            .collect();
        format!("SET {}", settings.join(", "))
    }

    /// The settings under which a script means what it means to the server's own client: sqlx sets a mode and a zone of
    /// its own.
    fn working(
        found: &[(String, String)],
        global: &[(&str, String)],
        options: &Options,
    ) -> Vec<(String, String)> {
        let mut working = found.to_vec();
        for (name, value) in &mut working {
            match (name.as_str(), options.statement_timeout) {
                ("lock_wait_timeout", _) => *value = options.lock_timeout.as_secs().max(1).to_string(),
                ("max_statement_time", Some(timeout)) => *value = timeout.as_secs().max(1).to_string(),
                ("max_execution_time", Some(timeout)) => *value = timeout.as_millis().to_string(),
                _ => {
                    if let Some((_, global)) = global.iter().find(|(global, _)| global == name) {
                        value.clone_from(global);
                    }
                }
            }
        }
        working
    }
}

impl Room for Mysql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn identifier(&self, name: &str) -> String {
        quoted(name, '`')
    }

    fn literal(&self, text: &str) -> String {
        // What a backslash means depends on `sql_mode`, and other bytes on the character set that a script may have chosen;
        // hex digits mean the same in every session.
        if text.contains(['\\', '\'', '\0']) || !text.is_ascii() {
            let digits: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            format!("_utf8mb4 X'{digits}'")
        } else {
            format!("'{text}'")
        }
    }

    fn as_text(&self, expression: &str) -> String {
        format!("CAST({expression} AS CHAR)")
    }

    fn as_hex(&self, expression: &str) -> String {
        format!("LOWER(HEX({expression}))")
    }

    fn now(&self) -> &'static str {
        "UTC_TIMESTAMP(6)"
    }

    fn create_tables(&self, names: &Names) -> Vec<String> {
        let options = "ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
        vec![
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 namespace varchar(255) NOT NULL PRIMARY KEY, format int NOT NULL, generation bigint NOT NULL, \
                 running_revision varchar(255), running_direction varchar(8), running_statement int, \
                 running_script varchar(40), running_image longtext, running_by text, running_session text, \
                 running_since datetime(6)) {options}",
                names.state
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 namespace varchar(255) NOT NULL, revision varchar(255) NOT NULL, fingerprint varchar(80) NOT NULL, \
                 parents text NOT NULL, depends_on text NOT NULL, is_head tinyint NOT NULL, down longtext NOT NULL, \
                 applied_at datetime(6) NOT NULL, PRIMARY KEY (namespace, revision)) {options}",
                names.version
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (\
                 id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, namespace varchar(255) NOT NULL, \
                 revision varchar(255) NOT NULL, direction varchar(8) NOT NULL, outcome varchar(8) NOT NULL, \
                 fingerprint varchar(80) NOT NULL, generation bigint NOT NULL, statements_done int NOT NULL, \
                 statements int NOT NULL, elapsed_ms bigint NOT NULL, runner text NOT NULL, error text, \
                 recorded_at datetime(6) NOT NULL) {options}",
                names.history
            ),
        ]
    }

    fn insert_state(&self, table: &str, columns: &str, values: &str) -> String {
        format!("INSERT IGNORE INTO {table} ({columns}) VALUES ({values})")
    }

    fn address(&self, url: &str) -> Result<(Doors, String), sqlx::Error> {
        address::address::<sqlx::MySql>(url)
    }

    fn foreign_columns(&self, schema: Option<&str>, tables: &[&str]) -> [String; 2] {
        let place = schema.map_or("DATABASE()".to_owned(), |schema| self.literal(schema));
        let names = ["table_schema", "table_name", "column_name"].map(|name| self.as_text(name)).join(", ");
        let bytes = self.as_text("data_type LIKE '%blob' OR data_type LIKE '%binary'");
        let columns = format!(
            "SELECT {names}, {bytes} FROM information_schema.columns \
             WHERE table_schema = {place} AND table_name IN ({}) ORDER BY table_name, ordinal_position",
            literals(self, tables)
        );
        [format!("SELECT {place}"), columns]
    }

    fn archive(&self) -> &'static dyn Archive {
        &archive::Mysql
    }

    fn question(&self, question: Question<'_>) -> Option<String> {
        question::mysql(question)
    }

    fn ask_for_transaction(&self) -> &'static str {
        // MariaDB has the variable; MySQL does not, and says so.
        "SELECT IF(@@in_transaction, 'yes', 'no')"
    }

    fn open<'a>(
        &'a self,
        session: &'a mut dyn Session,
        options: &'a Options,
    ) -> BoxFuture<'a, Result<Opened>> {
        Box::pin(async move {
            let cannot = |failure| Error::of_failure("cannot read the database", failure);
            let names: Vec<String> = SETTINGS.iter().map(|name| self.literal(name)).collect();
            let questions = format!(
                "SELECT DATABASE(), {}, {}; SHOW SESSION VARIABLES WHERE Variable_name IN ({})",
                self.as_text("@@GLOBAL.sql_mode"),
                self.as_text("@@GLOBAL.time_zone"),
                names.join(", ")
            );
            let answer = session.query(&questions).await.complete().map_err(cannot)?;
            let mut answer = answer.into_iter().map(|outcome| outcome.rows);
            let mut facts = answer.next().into_iter().flatten().flatten();
            let database = facts.next().flatten();
            let [mode, zone] = [facts.next(), facts.next()].map(|value| value.flatten().unwrap_or_default());
            let found: Vec<(String, String)> = pairs(answer.next().unwrap_or_default());
            let schema = options.settings.schema.as_deref();
            let Some(place) = schema.map(str::to_owned).or_else(|| database.clone()) else {
                return Err(Error::new(ErrorKind::Bookkeeping, "the connection has chosen no database")
                    .with_hint("name the database in the URL, or set `schema`"));
            };
            let enter = format!("USE {}", self.identifier(&place));
            let working = Self::working(&found, &[("sql_mode", mode), ("time_zone", zone)], options);
            let restore = vec![enter, self.set(&working)];
            let names = Names::new(self, &options.settings, None);
            let text = format!(
                "{}; SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns \
                 WHERE table_schema = {} AND table_name IN ({})",
                restore.join("; "),
                self.literal(&place),
                names.listed(self)
            );
            let answer = session.query(&text).await.complete().map_err(|failure| match failure.class {
                Class::UnknownTable => {
                    Error::new(ErrorKind::Bookkeeping, format!("there is no database `{place}`"))
                        .with_hint("create the database first, or set another `schema`")
                }
                _ => cannot(failure),
            })?;
            let columns =
                answer.into_iter().flat_map(|Outcome { rows, .. }| rows).flatten().flatten().collect();
            let mut give_back: Vec<String> =
                database.map(|database| format!("USE {}", self.identifier(&database))).into_iter().collect();
            give_back.push(self.set(&found));
            Ok(Opened {
                schema: Some(self.identifier(&place)),
                place,
                columns,
                restore,
                give_back,
                ..Opened::default()
            })
        })
    }

    fn try_lock<'a>(
        &'a self,
        session: &'a mut dyn Session,
        key: &'a str,
    ) -> BoxFuture<'a, Result<bool, Failure>> {
        Box::pin(async move {
            let rows = session
                .query(&format!("SELECT CAST(GET_LOCK({}, 0) AS CHAR)", self.lock(key)))
                .await
                .rows()?;
            match rows.into_iter().flatten().next() {
                Some(Some(taken)) => Ok(taken == "1"),
                // NULL: the server could not even try.
                _ => Err(Failure::new(Class::Other, "GET_LOCK answered NULL")),
            }
        })
    }

    fn holder(&self, key: &str) -> Option<String> {
        Some(format!(
            "SELECT {WHO} FROM information_schema.processlist p WHERE p.id = IS_USED_LOCK({})",
            self.lock(key)
        ))
    }

    fn blockers(&self, names: &[String]) -> Vec<String> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let names = literals(self, &names);
        let of_others =
            "p.id <> CONNECTION_ID() AND p.command <> 'Daemon' AND COALESCE(p.state, '') NOT LIKE 'Waiting%'";
        vec![
            // MySQL.
            format!(
                "SELECT DISTINCT {WHO} FROM performance_schema.metadata_locks l \
                 JOIN performance_schema.threads t ON t.thread_id = l.owner_thread_id \
                 JOIN information_schema.processlist p ON p.id = t.processlist_id \
                 WHERE l.lock_status = 'GRANTED' AND l.object_schema = DATABASE() AND l.object_name IN ({names}) \
                 AND {of_others} LIMIT {MOST}"
            ),
            // MariaDB, where its plugin is loaded.
            format!(
                "SELECT DISTINCT {WHO} FROM information_schema.metadata_lock_info l \
                 JOIN information_schema.processlist p ON p.id = l.thread_id \
                 WHERE l.table_schema = DATABASE() AND l.table_name IN ({names}) AND {of_others} LIMIT {MOST}"
            ),
            // Else whoever has a transaction open in the database.
            format!(
                "SELECT {WHO} FROM information_schema.innodb_trx t \
                 JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id \
                 WHERE p.db = DATABASE() AND {of_others} ORDER BY t.trx_started LIMIT {MOST}"
            ),
        ]
    }

    fn unlock(&self, key: &str) -> Option<String> {
        Some(format!("DO RELEASE_LOCK({})", self.lock(key)))
    }

    fn digest(&self, expression: &str) -> String {
        format!("MD5({expression})")
    }

    fn joined(&self, texts: &[String]) -> String {
        format!("CONCAT({})", texts.join(", "))
    }

    fn session(&self) -> &'static str {
        "CAST(CONNECTION_ID() AS CHAR)"
    }

    fn at_work(&self, session: &str, resting: bool) -> Option<String> {
        let active = if resting { "" } else { " AND command <> 'Sleep'" };
        Some(format!(
            "SELECT CONCAT('connection ', id, ', which runs: ', LEFT(COALESCE(info, command), 80)) \
             FROM information_schema.processlist \
             WHERE CAST(id AS CHAR) = {} AND id <> CONNECTION_ID(){active}",
            self.literal(session)
        ))
    }

    fn begin(&self) -> &'static str {
        "START TRANSACTION"
    }

    fn before_script(&self, _: &Options, _: Option<&str>) -> Vec<String> {
        Vec::new()
    }

    fn asserted(&self, _: &str) -> Option<String> {
        None
    }

    fn limited(&self, statement: &str, online: Online) -> Option<String> {
        online::limited(statement, online)
    }

    fn kept(&self, texts: &[&str]) -> Option<String> {
        Some(engine::tables(self, texts))
    }

    fn image(&self, probe: &Probe) -> Option<String> {
        image::of(probe)
    }
}

impl Mysql {
    /// The name of the lock: at most 64 characters are allowed, and case does not count.
    fn lock(&self, key: &str) -> String {
        format!("CONCAT('migrate.', MD5({}))", self.literal(key))
    }
}
