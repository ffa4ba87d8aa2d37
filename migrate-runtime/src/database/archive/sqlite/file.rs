use std::path::Path;

use futures_core::future::BoxFuture;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::restore::restore;
use crate::{
    Error, ErrorKind, Result,
    database::{
        Access, Room as _,
        archive::{Archive, Job, Replaced},
        driver::{Rows, Supported as _},
        sqlite::Sqlite as Room,
    },
    session::Session,
};

/// Files of SQLite.
pub(crate) struct Sqlite;

impl Archive for Sqlite {
    fn extension(&self) -> &'static str {
        "db"
    }

    fn prepare(&self, _: Option<&Access>, _: Option<&Path>) -> Result<()> {
        Ok(())
    }

    fn write<'a>(&'a self, session: &'a mut dyn Session, job: Job<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let Some(path) = job.file.to_str() else {
                let message = format!("`{}` is no name that SQLite can open", job.file.display());
                return Err(Error::new(ErrorKind::Backup, message).with_hint("use letters of Unicode only"));
            };
            let sent = session.send(&format!("VACUUM INTO {}", Room.literal(path))).await.complete();
            sent.map(|_| ()).map_err(|failure| Error::of_failure("SQLite cannot copy the database", failure))
        })
    }

    fn verify<'a>(&'a self, file: &'a Path, _: Option<&'a Path>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let refused = |what: String| {
                Error::new(ErrorKind::Backup, format!("`{}` is not a whole database: {what}", file.display()))
            };
            // Immutable: nobody writes it, so that no lock and no file beside it is needed.
            let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
            let mut connection = SqliteConnection::connect_with(&options)
                .await
                .map_err(|error| refused(sqlx::Sqlite::failure(error).to_string()))?;
            let sent = sqlx::Sqlite::run(&mut connection, "PRAGMA integrity_check(1)", Rows::Keep).await;
            let rows = sent.rows().map_err(|failure| refused(failure.to_string()))?;
            match rows.into_iter().flatten().flatten().next() {
                Some(answer) if answer == "ok" => Ok(()),
                answer => Err(refused(answer.unwrap_or_else(|| "it gives no answer".to_owned()))),
            }
        })
    }

    fn restore<'a>(&'a self, session: &'a mut dyn Session, job: Job<'a>) -> Replaced<'a> {
        Box::pin(restore(session, job.file))
    }
}
