use std::{error::Error, fmt};

use migrate_runtime::PlannedStep;

/// Why the service does not work on its database.
#[derive(Debug)]
pub(crate) enum NotReady {
    /// These steps are not done, and the service may not do them.
    Behind(Vec<PlannedStep>),
    /// The database cannot be read, or an upgrade was refused or failed.
    Migration(migrate_runtime::Error),
}

impl From<migrate_runtime::Error> for NotReady {
    fn from(error: migrate_runtime::Error) -> Self {
        Self::Migration(error)
    }
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Behind(pending) => {
                let (number, are) = (pending.len(), if pending.len() == 1 { "is" } else { "are" });
                write!(
                    f,
                    "not serving: the database is behind, {number} of its migrations {are} not applied"
                )?;
                for step in pending {
                    write!(f, "\n  {} {}", step.revision, step.message)?;
                }
                write!(f, "\n  = help: start once with `AUTO_MIGRATE=true`, or migrate before you deploy")
            }
            // `Debug` adds the place in the migration file and what can be done.
            Self::Migration(error) => write!(f, "not serving: {error:?}"),
        }
    }
}

impl Error for NotReady {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Behind(_) => None,
            Self::Migration(error) => Some(error),
        }
    }
}
