//! MySQL and MariaDB: schema changes commit by themselves, so every one of them is announced in the journal first.

use futures_core::future::BoxFuture;
use migrate_core::Dialect;
use sqlx::{
    Pool, Row as _,
    mysql::{MySqlDatabaseError, MySqlRow},
};

use super::{Opened, Room, driver, quoted};
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
        1146 | 1049 => Class::UnknownTable,
        1054 => Class::UnknownColumn,
        1205 | 1213 => Class::Busy,
        1290 | 1792 | 1836 => Class::ReadOnly,
        1044 if database.code() == Some("42000") => Class::Permission,
        1142 | 1143 | 1227 | 1370 => Class::Permission,
        1045 | 1698 => Class::Authentication,
        1451 | 1452 => Class::ForeignKey,
        1040 | 1053 | 1927 | 2006 | 2013 => Class::Connection,
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

/// Settings that a script may change and that decide what the next one means.
const SETTINGS: [&str; 7] = [
    "sql_mode",
    "time_zone",
    "foreign_key_checks",
    "unique_checks",
    "character_set_client",
    "character_set_results",
    "collation_connection",
];

impl Mysql {
    fn set(&self, settings: impl IntoIterator<Item = (&'static str, String)>) -> String {
        let settings: Vec<String> = (settings.into_iter())
            .map(|(name, value)| {
                let number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
                let value = if number { value } else { self.literal(&value) };
                format!("SESSION {name} = {value}")
            })
            .collect();
        format!("SET {}", settings.join(", "))
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
                 running_fingerprint varchar(80), running_image longtext, running_by text, \
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

    fn open<'a>(
        &'a self,
        session: &'a mut dyn Session,
        options: &'a Options,
    ) -> BoxFuture<'a, Result<Opened>> {
        Box::pin(async move {
            let cannot = |failure| Error::of_failure("cannot read the database", failure);
            let now: Vec<String> =
                SETTINGS.iter().map(|name| self.as_text(&format!("@@SESSION.{name}"))).collect();
            let facts = format!(
                "SELECT DATABASE(), VERSION(), {}, {}, {}",
                self.as_text("@@GLOBAL.sql_mode"),
                self.as_text("@@GLOBAL.time_zone"),
                now.join(", ")
            );
            let rows = session.query(&facts).await.rows().map_err(cannot)?;
            let mut facts = rows.into_iter().flatten();
            let mut fact = || facts.next().flatten();
            let (database, version) = (fact(), fact().unwrap_or_default());
            let [global_mode, global_zone] = [fact(), fact()].map(Option::unwrap_or_default);
            let found: Vec<(&str, String)> =
                SETTINGS.iter().map(|name| (*name, fact().unwrap_or_default())).collect();
            let maria = version.contains("MariaDB");
            if maria && !session.is_own() {
                let rows =
                    session.query("SELECT CAST(@@in_transaction AS CHAR)").await.rows().map_err(cannot)?;
                if rows.into_iter().flatten().flatten().next().as_deref() == Some("1") {
                    return Err(Error::of_failure("cannot migrate", Failure::in_transaction()));
                }
            }
            let schema = options.settings.schema.as_deref();
            let Some(place) = schema.map(str::to_owned).or_else(|| database.clone()) else {
                return Err(Error::new(ErrorKind::Bookkeeping, "the connection has chosen no database")
                    .with_hint("name the database in the URL, or set `schema`"));
            };
            let enter = format!("USE {}", self.identifier(&place));
            // A script means what it means to the server's own client: sqlx sets a mode and a zone of its own.
            let mut working: Vec<(&str, String)> = found.clone();
            for (name, value) in &mut working {
                match *name {
                    "sql_mode" => value.clone_from(&global_mode),
                    "time_zone" => value.clone_from(&global_zone),
                    _ => {}
                }
            }
            let seconds = options.lock_timeout.as_secs().max(1).to_string();
            working.push(("lock_wait_timeout", seconds));
            match options.statement_timeout {
                Some(timeout) if maria => {
                    working.push(("max_statement_time", timeout.as_secs().max(1).to_string()));
                }
                Some(timeout) => working.push(("max_execution_time", timeout.as_millis().to_string())),
                None => {}
            }
            let restore = vec![enter.clone(), self.set(working)];
            let names = Names::new(self, &options.settings, None);
            let tables: Vec<String> = names.plain().iter().map(|table| self.literal(table)).collect();
            let text = format!(
                "{}; SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns \
                 WHERE table_schema = {} AND table_name IN ({})",
                restore.join("; "),
                self.literal(&place),
                tables.join(", ")
            );
            let answer = session.query(&text).await.complete().map_err(cannot)?;
            let columns =
                answer.into_iter().flat_map(|Outcome { rows, .. }| rows).flatten().flatten().collect();
            let mut give_back: Vec<String> =
                database.map(|database| format!("USE {}", self.identifier(&database))).into_iter().collect();
            let timeouts = if maria { "max_statement_time" } else { "max_execution_time" };
            give_back.push(self.set(found));
            give_back.push(format!("SET SESSION lock_wait_timeout = DEFAULT, SESSION {timeouts} = DEFAULT"));
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
            "SELECT CONCAT('connection ', id, ' (', user, '@', host, ')') \
             FROM information_schema.processlist WHERE id = IS_USED_LOCK({})",
            self.lock(key)
        ))
    }

    fn unlock(&self, key: &str) -> Option<String> {
        Some(format!("DO RELEASE_LOCK({})", self.lock(key)))
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

    fn violations(&self, _: &Opened) -> Option<&'static str> {
        None
    }

    fn sends_statements_alone(&self) -> bool {
        false
    }
}

impl Mysql {
    /// The name of the lock: at most 64 characters are allowed, and case does not count.
    fn lock(&self, key: &str) -> String {
        format!("CONCAT('migrate.', MD5({}))", self.literal(key))
    }
}
