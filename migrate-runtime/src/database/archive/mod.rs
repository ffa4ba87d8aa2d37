//! How each database writes itself into a file, and is made anew from one.

use std::path::{Path, PathBuf};

use futures_core::future::BoxFuture;

use super::Access;
use crate::{Result, session::Session};

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "mysql")]
pub(crate) use mysql::Mysql;
#[cfg(feature = "postgres")]
pub(crate) use postgres::Postgres;
#[cfg(feature = "sqlite")]
pub(crate) use sqlite::Sqlite;

/// What a database is copied into, and how.
pub(crate) trait Archive: Send + Sync {
    /// What the names of its files end in.
    fn extension(&self) -> &'static str;

    /// Refuses what cannot work, before anything is touched: a program that is missing, a server that we do not know how
    /// to reach.
    fn prepare(&self, access: Option<&Access>, programs: Option<&Path>) -> Result<()>;

    /// Writes a backup into a file that is there and empty.
    fn write<'a>(&'a self, session: &'a mut dyn Session, job: Job<'a>) -> BoxFuture<'a, Result<()>>;

    /// Reads a backup, and refuses one that is not whole.
    fn verify<'a>(&'a self, file: &'a Path, programs: Option<&'a Path>) -> BoxFuture<'a, Result<()>>;

    /// Puts a backup, which was found whole, in the place of what is there.
    fn restore<'a>(&'a self, session: &'a mut dyn Session, job: Job<'a>) -> Replaced<'a>;
}

/// The name that the file has now which was there before, where a file was.
pub(crate) type Replaced<'a> = BoxFuture<'a, Result<Option<PathBuf>>>;

/// What is to be written, or read, and by what.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) file: &'a Path,
    /// How to reach the server, where there is one.
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        expect(dead_code, reason = "servers need it")
    )]
    pub(crate) access: Option<&'a Access>,
    /// The schema to work in, where one was chosen.
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        expect(dead_code, reason = "servers need it")
    )]
    pub(crate) schema: Option<&'a str>,
    /// The folder of the database's programs, where `PATH` does not lead to them.
    pub(crate) programs: Option<&'a Path>,
}

/// Who we are on a server whose address a lent connection does not tell.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn known(access: Option<&Access>) -> Result<&Access> {
    access.ok_or_else(|| {
        let message = "a connection does not tell how other programs reach its server";
        crate::Error::new(crate::ErrorKind::Unsupported, message)
            .with_hint("a backup needs a pool, or a `Database`, in place of a connection")
    })
}

/// The path of a program that has to be there.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn program(names: &[&str], programs: Option<&Path>, package: &str) -> Result<PathBuf> {
    crate::backup::program::find(names, programs).ok_or_else(|| {
        let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let place =
            programs.map_or("on the `PATH`".to_owned(), |folder| format!("in `{}`", folder.display()));
        let message = format!("there is no {} {place}, which backups need", listed.join(" and no "));
        crate::Error::new(crate::ErrorKind::Backup, message)
            .with_hint(format!("install {package}, or say where they are: `Backup::to(..).programs(..)`"))
    })
}
