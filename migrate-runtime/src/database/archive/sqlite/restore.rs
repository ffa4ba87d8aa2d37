//! A file takes the place of a file.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    Error, ErrorKind, Result,
    backup::{Part, moment, sync_folder_of},
    database::driver::{Rows, Supported as _},
    session::{Class, Failure, Session},
};

/// Replaces the file that the session has open. Answers with the name that this has now.
///
/// A connection that has the old file open, and is found by no lock, cannot write to it any more: SQLite sees that its
/// file was moved.
pub(super) async fn restore(session: &mut dyn Session, from: &Path) -> Result<Option<PathBuf>> {
    let path = one(session, "SELECT file FROM pragma_database_list WHERE name = 'main'").await?;
    if path.is_empty() {
        let message = "a database in memory has no file that could be replaced";
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    let path = PathBuf::from(path);
    let is_wal = one(session, "PRAGMA journal_mode").await? == "wal";
    // Without its log beside it the file is all there is; and only who is alone may do without.
    if is_wal && one(session, "PRAGMA journal_mode = DELETE").await? != "delete" {
        return Err(in_use(Failure::new(Class::Busy, "its journal mode cannot be changed")));
    }
    session.send("BEGIN EXCLUSIVE").await.complete().map_err(in_use)?;
    let (from, place) = (from.to_owned(), path.clone());
    let replaced = tokio::task::spawn_blocking(move || replace(&from, &place)).await;
    // Nothing was written, so that there is nothing to fail.
    let _ = session.send("ROLLBACK").await;
    let replaced = replaced.map_err(|_| Error::new(ErrorKind::Backup, "the restore was broken off"))?;
    let kept = replaced.map_err(|error| Error::of_file("replace", &path, &error))?;
    if is_wal {
        let options = SqliteConnectOptions::new().filename(&path);
        let connection = SqliteConnection::connect_with(&options).await.map_err(sqlx::Sqlite::failure);
        let cannot = |failure| Error::of_failure("cannot set the journal mode again", failure);
        let mut connection = connection.map_err(cannot)?;
        let sent = sqlx::Sqlite::run(&mut connection, "PRAGMA journal_mode = WAL", Rows::Keep).await;
        sent.complete().map_err(cannot)?;
    }
    Ok(Some(kept))
}

/// Copies `from` beside `path`, keeps what is at `path` under another name, and puts the copy in its place.
///
/// The file itself is never opened: to close it would end SQLite's locks on it in this process.
fn replace(from: &Path, path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let copy = Part::begin(folder, &name, "restored")?;
    fs::copy(from, copy.path())?;
    fs::set_permissions(copy.path(), fs::metadata(path)?.permissions())?;
    fs::File::options().write(true).open(copy.path())?.sync_all()?;
    let kept = folder.join(format!("{name}.before-{}", moment(SystemTime::now())));
    if fs::hard_link(path, &kept).is_err() {
        // Not every file system has links: then there is a moment without a file.
        if kept.try_exists()? {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("`{}` is there", kept.display()),
            ));
        }
        fs::rename(path, &kept)?;
    }
    fs::rename(copy.path(), path)?;
    sync_folder_of(path);
    Ok(kept)
}

async fn one(session: &mut dyn Session, query: &str) -> Result<String> {
    let rows = session.query(query).await.rows().map_err(in_use)?;
    Ok(rows.into_iter().flatten().flatten().next().unwrap_or_default())
}

fn in_use(failure: Failure) -> Error {
    match failure.class {
        Class::Busy => Error::new(ErrorKind::Locked, format!("others have the database open: {failure}"))
            .with_hint("end the programs that use it, and restore again; nothing was replaced"),
        _ => Error::of_failure("cannot open the database that is to be replaced", failure),
    }
}
