//! What is there goes, and a client of the server runs what the dump says.

use std::{
    fs::File,
    process::{Command, Stdio},
};

use super::{
    file::PACKAGE,
    options::{only, options},
};
use crate::{
    Error, ErrorKind, Result,
    backup::program::run,
    database::{
        Room as _,
        archive::{Job, known, program},
        mysql::Mysql,
    },
    session::Session,
};

const CLIENT: &[&str] = &["mariadb", "mysql"];

/// What can be dropped, by kind and name.
const OBJECTS: &str = "SELECT CAST(table_type AS CHAR), CAST(table_name AS CHAR) FROM information_schema.tables \
    WHERE table_schema = DATABASE() UNION ALL \
    SELECT CAST(routine_type AS CHAR), CAST(routine_name AS CHAR) FROM information_schema.routines \
    WHERE routine_schema = DATABASE() UNION ALL \
    SELECT 'EVENT', CAST(event_name AS CHAR) FROM information_schema.events WHERE event_schema = DATABASE()";

/// Schema changes commit here: what breaks off half-way is done again from the beginning.
pub(super) async fn restore(session: &mut dyn Session, job: Job<'_>) -> Result<()> {
    let access = known(job.access)?;
    let client = program(CLIENT, job.programs, PACKAGE)?;
    let file = File::open(job.file).map_err(|error| Error::of_file("read", job.file, &error))?;
    let cannot = |failure| Error::of_failure("cannot take away what is there", failure);
    let rows = session.query(OBJECTS).await.rows().map_err(cannot)?;
    session.send(&dropping(rows)).await.complete().map_err(cannot)?;
    let options = options(access)?;
    let mut command = Command::new(client);
    command.arg(only(&options)).arg("--default-character-set=utf8mb4").arg("--");
    command.arg(job.schema.or(access.database.as_deref()).unwrap_or_default());
    command.stdin(Stdio::from(file)).stdout(Stdio::null());
    run(command).await.map_err(|error| {
        Error::new(ErrorKind::Backup, error.to_string())
            .with_hint("the database is not whole: mend what the client says, and restore again")
    })
}

/// Tables go by one statement, which first waits for the locks on all of them.
fn dropping(rows: Vec<Vec<Option<String>>>) -> String {
    let mut tables = Vec::new();
    let mut statements = vec!["SET SESSION foreign_key_checks = 0".to_owned()];
    for row in rows {
        let [Some(kind), Some(name)] = &row[..] else { continue };
        let name = Mysql.identifier(name);
        match kind.as_str() {
            "VIEW" | "SEQUENCE" | "FUNCTION" | "PROCEDURE" | "EVENT" => {
                statements.push(format!("DROP {kind} IF EXISTS {name}"));
            }
            "BASE TABLE" | "SYSTEM VERSIONED" => tables.push(name),
            // Packages of Oracle's mode, system views.
            _ => {}
        }
    }
    if !tables.is_empty() {
        statements.insert(1, format!("DROP TABLE IF EXISTS {}", tables.join(", ")));
    }
    statements.join("; ")
}
