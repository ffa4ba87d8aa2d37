use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    process::{Command, Stdio},
};

use futures_core::future::BoxFuture;

use super::{
    options::{only, options},
    restore::restore,
};
use crate::{
    Error, ErrorKind, Result,
    backup::program::run,
    database::{
        Access,
        archive::{Archive, Job, Replaced, known, program},
    },
    session::Session,
};

/// Files of `mariadb-dump`.
pub(crate) struct Mysql;

const DUMP: &[&str] = &["mariadb-dump", "mysqldump"];
pub(super) const PACKAGE: &str = "the client programs of the server (`mariadb-client`, `mysql-client`)";

impl Archive for Mysql {
    fn extension(&self) -> &'static str {
        "sql"
    }

    fn prepare(&self, access: Option<&Access>, programs: Option<&Path>) -> Result<()> {
        known(access)?;
        program(DUMP, programs, PACKAGE).map(|_| ())
    }

    fn write<'a>(&'a self, _: &'a mut dyn Session, job: Job<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let access = known(job.access)?;
            let database = job.schema.or(access.database.as_deref()).unwrap_or_default();
            let file = File::options().write(true).open(job.file);
            let file = file.map_err(|error| Error::of_file("write", job.file, &error))?;
            let options = options(access)?;
            let mut command = Command::new(program(DUMP, job.programs, PACKAGE)?);
            command.arg(only(&options));
            command.args(["--single-transaction", "--routines", "--triggers", "--events", "--hex-blob"]);
            command.args(["--no-tablespaces", "--default-character-set=utf8mb4", "--comments", "--"]);
            command.arg(database).stdin(Stdio::null()).stdout(Stdio::from(file));
            run(command).await
        })
    }

    fn verify<'a>(&'a self, file: &'a Path, _: Option<&'a Path>) -> BoxFuture<'a, Result<()>> {
        let end = last_line(file).map_err(|error| Error::of_file("read", file, &error));
        let end = end.and_then(|line| {
            if line.starts_with("-- Dump completed") {
                return Ok(());
            }
            let message =
                format!("`{}` breaks off: it has no line `-- Dump completed` at its end", file.display());
            Err(Error::new(ErrorKind::Backup, message))
        });
        Box::pin(std::future::ready(end))
    }

    fn restore<'a>(&'a self, session: &'a mut dyn Session, job: Job<'a>) -> Replaced<'a> {
        Box::pin(async move { restore(session, job).await.map(|()| None) })
    }
}

/// The last line that is not empty.
fn last_line(file: &Path) -> io::Result<String> {
    const LONGEST: u64 = 1024;
    let mut file = File::open(file)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let end = String::from_utf8_lossy(&end);
    Ok(end.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned())
}
