//! The same history in the layouts of this project and of its peers.

use std::{fs, io, path::Path};

use crate::history::{History, Revision};

/// How a directory of migrations is laid out.
#[derive(Clone, Copy)]
pub(crate) enum Layout {
    /// Ours: one file a revision, with a header.
    Native,
    /// sqlx's: `<version>_<name>.up.sql` and `.down.sql`.
    Sqlx,
    /// Diesel's: a directory a migration.
    Diesel,
}

impl Layout {
    /// The files of a revision: names and texts.
    pub(crate) fn files(self, revision: &Revision) -> Vec<(String, String)> {
        let Revision { slug, up, down, .. } = revision;
        let version = revision.version();
        match self {
            Self::Native => vec![(format!("{version}_{slug}.sql"), revision.native())],
            Self::Sqlx => vec![
                (format!("{version}_{slug}.up.sql"), up.clone()),
                (format!("{version}_{slug}.down.sql"), down.clone()),
            ],
            Self::Diesel => vec![
                (format!("{version}_{slug}/up.sql"), up.clone()),
                (format!("{version}_{slug}/down.sql"), down.clone()),
            ],
        }
    }

    /// Writes a history into a new directory.
    pub(crate) fn write(self, history: &History, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)?;
        for (name, text) in history.revisions.iter().flat_map(|revision| self.files(revision)) {
            let path = dir.join(name);
            if let Some(parent) = path.parent().filter(|parent| *parent != dir) {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }
}

impl Revision {
    /// Day of January, hour and minute: a revision a minute.
    fn made(&self) -> [i64; 3] {
        let number = self.number as i64;
        [1 + number / 1_440, number / 60 % 24, number % 60]
    }

    /// The number that peers sort by, which looks like a date.
    pub(crate) fn version(&self) -> i64 {
        let [day, hour, minute] = self.made();
        ((20_250_100 + day) * 100 + hour) * 10_000 + minute * 100
    }

    /// The id, as the command line would make one up.
    pub(crate) fn id(&self) -> String {
        id(self.number)
    }

    /// The file in our layout.
    pub(crate) fn native(&self) -> String {
        let Self { number, slug, up, down } = self;
        let revises = if *number == 1 { String::new() } else { format!("-- revises: {}\n", id(number - 1)) };
        let message = slug.replace('_', " ");
        let [day, hour, minute] = self.made();
        format!(
            "-- {message}\n--\n-- revision: {}\n{revises}-- created: 2025-01-{day:02} {hour:02}:{minute:02}:00 UTC\n\n\
             -- migrate:up\n{up}\n-- migrate:down\n{down}",
            self.id()
        )
    }
}

fn id(number: usize) -> String {
    // Multiplying by an odd number loses nothing, so that no two ids are equal.
    let spread = (number as u64).wrapping_mul(0x9e37_79b9_7f4b) & 0xffff_ffff_ffff;
    format!("{spread:012x}")
}

#[cfg(test)]
mod tests {
    use migrate_analysis::{check, config::Config, source::Sources};
    use migrate_core::Dialect;

    use super::*;

    #[test]
    fn a_generated_history_is_sound_for_every_database() {
        for dialect in Dialect::ALL {
            let history = History::new(dialect, 2_000);
            let files: Vec<_> =
                history.revisions.iter().flat_map(|revision| Layout::Native.files(revision)).collect();
            let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            let config = Config { databases: vec![dialect], ..Config::default() };
            let report = check(&Sources::new("migrations", files), &config);
            assert_eq!(report.diagnostics, []);
            assert_eq!(report.editions[0].graph.len(), 2_000);
        }
    }
}
