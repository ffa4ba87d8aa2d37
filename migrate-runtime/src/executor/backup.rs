//! The backup before the first step.

use std::{
    path::PathBuf,
    time::{Instant, SystemTime},
};

use super::Run;
use crate::{
    Error, ErrorKind, Event, Result,
    backup::{Part, moment},
    database::Job,
    journal::Reading,
};

impl Run<'_> {
    /// Makes a backup, where one is asked for. What is dropped half-way leaves nothing behind.
    pub(super) async fn back_up(&mut self, reading: &Reading) -> Result<Option<PathBuf>> {
        let Some(backup) = &self.options.backup else { return Ok(None) };
        let (started, archive, folder) = (Instant::now(), self.room.archive(), &backup.folder);
        let part = Part::begin(folder, &self.name_of_backup(reading), archive.extension())
            .map_err(|error| Error::of_file("write into", folder, &error))?;
        let job = Job {
            file: part.path(),
            access: self.options.access.as_ref(),
            schema: self.options.settings.schema.as_deref(),
            programs: backup.programs.as_deref(),
        };
        archive.write(&mut *self.session, job).await.map_err(refused)?;
        archive.verify(part.path(), job.programs).await.map_err(refused)?;
        let finished = tokio::task::spawn_blocking(|| part.finish()).await;
        let finished = finished.map_err(|_| Error::new(ErrorKind::Backup, "the backup was broken off"))?;
        let (file, bytes) = finished.map_err(|error| Error::of_file("write into", folder, &error))?;
        self.options.tell(&Event::BackedUp { file: file.clone(), bytes, elapsed: started.elapsed() });
        Ok(Some(file))
    }

    /// Which database it is, whose graph, when, and at which revisions.
    fn name_of_backup(&self, reading: &Reading) -> String {
        const MOST_HEADS: usize = 3;
        let mut heads: Vec<&str> = reading.heads().map(|head| head.revision.as_str()).collect();
        heads.sort_unstable();
        heads.truncate(MOST_HEADS);
        if heads.is_empty() {
            heads.push("base");
        }
        let (place, moment, heads) = (&self.opened.place, moment(SystemTime::now()), heads.join("+"));
        let parts = [&self.options.settings.namespace, place.as_str(), &moment, &heads];
        let parts = parts.iter().filter(|part| !part.is_empty()).map(|part| harmless(part));
        parts.collect::<Vec<_>>().join("-")
    }
}

/// A text as a part of the name of a file, on every system and in every shell.
fn harmless(text: &str) -> String {
    const LONGEST: usize = 60;
    let allowed = |c: char| if c.is_alphanumeric() || "._+".contains(c) { c } else { '_' };
    text.chars().take(LONGEST).map(allowed).collect::<String>().trim_start_matches('.').to_owned()
}

fn refused(error: Error) -> Error {
    match error.hint() {
        Some(_) => error,
        None => {
            error.with_hint("nothing was migrated: see that a backup can be made, or migrate without one")
        }
    }
}
