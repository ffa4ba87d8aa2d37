//! The way back to a backup.

use std::{path::PathBuf, time::Instant};

use crate::{
    Error, ErrorKind, Result,
    database::{Job, Room},
    executor::{Holder, Pause, lock_key},
    session::Session,
    settings::Options,
};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restored {
    /// The file that was there before, under its new name, where the database is a file.
    pub kept: Option<PathBuf>,
}

/// Puts a backup in the place of what is there, under the migration lock. The session is closed on every path.
pub(crate) async fn restore<'s>(
    mut session: Box<dyn Session + 's>,
    room: &'static dyn Room,
    options: &Options,
    job: Job<'_>,
) -> Result<Restored> {
    let result = locked(&mut *session, room, options, job).await;
    session.close().await;
    result
}

async fn locked(
    session: &mut (dyn Session + '_),
    room: &'static dyn Room,
    options: &Options,
    job: Job<'_>,
) -> Result<Restored> {
    let opened = room.open(session, options).await?;
    session.remember(&opened.give_back.join("; "));
    let key = lock_key(&opened, &options.settings);
    let deadline = Instant::now() + options.lock_wait;
    let mut pause = Pause::default();
    loop {
        let taken = room.try_lock(session, &key).await;
        if taken.map_err(|failure| Error::of_failure("cannot take the migration lock", failure))? {
            break;
        }
        if Instant::now() >= deadline {
            return Err(held(session, room, &key).await);
        }
        pause.take().await;
    }
    // The lock ends with the session.
    let kept = room.archive().restore(session, job).await?;
    Ok(Restored { kept })
}

async fn held(session: &mut (dyn Session + '_), room: &'static dyn Room, key: &str) -> Error {
    let rows = match room.holder(key) {
        Some(query) => session.query(&query).await.rows().unwrap_or_default(),
        None => Vec::new(),
    };
    let holder = rows.into_iter().find_map(Holder::of);
    let holder = holder.map_or("another runner".to_owned(), |holder| holder.to_string());
    Error::new(ErrorKind::Locked, format!("{holder} holds the migration lock"))
        .with_hint("wait for it, or end it; nothing was restored")
}
