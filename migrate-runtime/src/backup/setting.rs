use std::path::{Path, PathBuf};

/// Where the backup goes that a run makes before its first step, and by whose programs it is made: for
/// [`On::backup`](crate::On::backup).
///
/// SQLite makes a copy of itself. For PostgreSQL `pg_dump` and `pg_restore` are run, for MySQL and MariaDB `mariadb-dump`
/// or else `mysqldump`. They have to be of the server's version, or newer.
///
/// ```
/// use migrate_runtime::Backup;
///
/// let backup = Backup::to("backups").programs("/usr/lib/postgresql/17/bin");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub(crate) folder: PathBuf,
    pub(crate) programs: Option<PathBuf>,
}

impl Backup {
    /// Into this folder, which is made where it is not there.
    #[must_use]
    pub fn to(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), programs: None }
    }

    /// By the programs of this folder, instead of those that `PATH` finds.
    #[must_use]
    pub fn programs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.programs = Some(folder.into());
        self
    }
}

impl From<&str> for Backup {
    fn from(folder: &str) -> Self {
        Self::to(folder)
    }
}

impl From<String> for Backup {
    fn from(folder: String) -> Self {
        Self::to(folder)
    }
}

impl From<&Path> for Backup {
    fn from(folder: &Path) -> Self {
        Self::to(folder)
    }
}

impl From<PathBuf> for Backup {
    fn from(folder: PathBuf) -> Self {
        Self::to(folder)
    }
}
