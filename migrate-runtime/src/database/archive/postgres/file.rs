use std::{
    path::Path,
    process::{Command, Stdio},
};

use futures_core::future::BoxFuture;

use super::restore::restore;
use crate::{
    Result,
    backup::program::run,
    database::{
        Access, Room as _,
        archive::{Archive, Job, Replaced, known, program},
        postgres::Postgres as Room,
    },
    session::Session,
};

/// Files of `pg_dump`.
pub(crate) struct Postgres;

const DUMP: &[&str] = &["pg_dump"];
pub(super) const RESTORE: &[&str] = &["pg_restore"];
pub(super) const PSQL: &[&str] = &["psql"];
pub(super) const PACKAGE: &str = "the client programs of PostgreSQL (`postgresql-client`)";

/// What a program may find in the environment, and would follow instead of us.
const FOREIGN: [&str; 5] = ["PGSERVICE", "PGHOSTADDR", "PGOPTIONS", "PGPASSWORD", "PGSSLMODE"];

impl Archive for Postgres {
    fn extension(&self) -> &'static str {
        "dump"
    }

    fn prepare(&self, access: Option<&Access>, programs: Option<&Path>) -> Result<()> {
        known(access)?;
        [DUMP, RESTORE].iter().try_for_each(|names| program(names, programs, PACKAGE).map(|_| ()))
    }

    fn write<'a>(&'a self, _: &'a mut dyn Session, job: Job<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut command = Command::new(program(DUMP, job.programs, PACKAGE)?);
            reach(&mut command, known(job.access)?);
            command.args(["--format=custom", "--no-password", "--file"]).arg(job.file);
            if let Some(schema) = job.schema {
                // A pattern, unless it is quoted as a name.
                command.arg("--schema").arg(Room.identifier(schema));
            }
            command.stdin(Stdio::null()).stdout(Stdio::null());
            run(command).await
        })
    }

    fn verify<'a>(&'a self, file: &'a Path, programs: Option<&'a Path>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut command = Command::new(program(RESTORE, programs, PACKAGE)?);
            // To the end: its list of contents may be whole where the contents are not.
            command.arg("--file=-").arg(file).stdin(Stdio::null()).stdout(Stdio::null());
            run(command).await
        })
    }

    fn restore<'a>(&'a self, session: &'a mut dyn Session, job: Job<'a>) -> Replaced<'a> {
        Box::pin(async move { restore(session, job).await.map(|()| None) })
    }
}

/// Lets a program connect as we do. The password goes by the environment, which others cannot read.
pub(super) fn reach(command: &mut Command, access: &Access) {
    for name in FOREIGN {
        command.env_remove(name);
    }
    let host = access.socket.as_deref().map_or(Path::new(&access.host), |socket| socket);
    command.env("PGHOST", host).env("PGPORT", access.port.to_string()).env("PGUSER", &access.user);
    command.env("PGDATABASE", access.database.as_deref().unwrap_or(&access.user));
    command.env("PGAPPNAME", "migrate backup");
    let encryption = &access.encryption;
    let given = [
        ("PGPASSWORD", access.password.as_deref()),
        ("PGOPTIONS", access.options.as_deref()),
        ("PGSSLMODE", Some(encryption.mode.as_str())),
        ("PGSSLROOTCERT", encryption.authority.as_deref()),
        ("PGSSLCERT", encryption.certificate.as_deref()),
        ("PGSSLKEY", encryption.key.as_deref()),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
}
