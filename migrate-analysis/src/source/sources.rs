use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::{GitError, LOCK_FILE, Lock, SourceFile, git};
use crate::diagnostic::Diagnostic;

/// The files of a migration directory, and what went wrong while they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub(super) dir: String,
    /// Where the directory lies, where it lies on a disk.
    pub(super) folder: Option<PathBuf>,
    pub(super) files: Vec<Arc<SourceFile>>,
    pub(super) lock: Option<Arc<SourceFile>>,
    pub(super) findings: Vec<Diagnostic>,
}

impl Sources {
    /// A directory that lies on no disk: its path as people write it, and the names and texts of its files, the lock
    /// file among them where it has one.
    ///
    /// ```
    /// use migrate_analysis::source::Sources;
    ///
    /// let sources = Sources::new("migrations", [("add_tasks.sql", "-- revision: abc123def456")]);
    /// assert_eq!(sources.files()[0].path(), "migrations/add_tasks.sql");
    /// ```
    #[must_use]
    pub fn new<'f>(dir: &str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let mut files: Vec<_> =
            files.into_iter().map(|(name, text)| SourceFile::new(dir, name, text)).collect();
        files.sort_by(|a, b| a.name().cmp(b.name()));
        let lock = files.iter().position(|file| **file.name() == *LOCK_FILE);
        let lock = lock.map(|place| files.remove(place));
        Self { dir: dir.to_owned(), folder: None, files, lock, findings: Vec::new() }
    }

    /// The same directory after a change: without the files of some names, and with these texts.
    ///
    /// ```
    /// use migrate_analysis::source::Sources;
    ///
    /// let sources = Sources::new("migrations", [("a.sql", "-- revision: a1"), ("b.sql", "-- revision: b2")]);
    /// let changed = sources.changed(["a.sql"], [("b.sql", "-- revision: b3")]);
    /// assert_eq!(&**changed.files()[0].text(), "-- revision: b3");
    /// ```
    #[must_use]
    pub fn changed<'f>(
        &self,
        removed: impl IntoIterator<Item = &'f str>,
        written: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Self {
        let mut files: BTreeMap<&str, Arc<SourceFile>> =
            self.files.iter().chain(&self.lock).map(|file| (&**file.name(), Arc::clone(file))).collect();
        for name in removed {
            files.remove(name);
        }
        files.extend(written.into_iter().map(|(name, text)| (name, SourceFile::new(&self.dir, name, text))));
        let lock = files.remove(LOCK_FILE);
        Self { files: files.into_values().collect(), lock, ..self.clone() }
    }

    /// The path of the directory, as people write it.
    #[must_use]
    pub fn dir(&self) -> &str {
        &self.dir
    }

    /// The files that could be read, sorted by the bytes of their names. The lock file and those that are never looked at
    /// (`README.md`) are not among them.
    #[must_use]
    pub fn files(&self) -> &[Arc<SourceFile>] {
        &self.files
    }

    /// The lock file, where there is one.
    #[must_use]
    pub fn lock(&self) -> Option<&Arc<SourceFile>> {
        self.lock.as_ref()
    }

    /// The lock file as it is in a commit that git knows by this name; `None` where the commit has none.
    ///
    /// # Errors
    /// Where there is no such commit, no repository or no git, or the directory lies on no disk.
    pub fn lock_at(&self, reference: &str) -> Result<Option<Lock>, GitError> {
        let folder = self.folder.as_deref().ok_or_else(GitError::no_folder)?;
        let text = git::text_at(folder, reference, LOCK_FILE)?;
        let dir = format!("{reference}:{}", self.dir);
        Ok(text.map(|text| Lock::parse(&SourceFile::new(&dir, LOCK_FILE, text))))
    }

    /// What git knows of a file of the directory: its earlier texts, then those of all files, for it may have had
    /// another name.
    pub(crate) fn earlier_texts(&self, name: &str) -> impl Iterator<Item = String> {
        let folder = self.folder.clone();
        let texts = move |path: &str| {
            folder.as_deref().and_then(|folder| git::earlier_texts(folder, path).ok()).unwrap_or_default()
        };
        let of_file = texts(name);
        of_file.into_iter().chain(std::iter::once_with(move || texts(".")).flatten())
    }

    /// What could not be read.
    pub(crate) fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }
}
