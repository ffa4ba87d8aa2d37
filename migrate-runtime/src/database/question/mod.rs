//! What a doctor asks, and the SQL of each database for it.

use std::time::Duration;

use crate::journal::Names;

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "mysql")]
pub(super) use mysql::mysql;
#[cfg(feature = "postgres")]
pub(super) use postgres::postgres;
#[cfg(feature = "sqlite")]
pub(super) use sqlite::sqlite;

/// A question about a database. Its answer is rows of the cells that are named; no row: all is well.
#[derive(Clone, Copy)]
pub(crate) enum Question<'q> {
    /// Transactions of others that are open for longer: who, since when, what they do (` (..)` or nothing), how to end
    /// them.
    OpenTransactions {
        #[cfg_attr(
            not(any(feature = "postgres", feature = "mysql")),
            expect(dead_code, reason = "servers alone have them")
        )]
        longest: Duration,
    },
    /// Sessions that have waited for a lock for a second: who, for what, who holds it, what to do.
    Waits,
    /// Why not all sessions can be seen.
    HiddenSessions,
    /// Indexes that serve no query, and are not being built: index, table, whether a rebuild left it (`true`).
    InvalidIndexes {
        /// Quoted.
        #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "others have no schemas"))]
        schema: Option<&'q str>,
    },
    /// Tables, their engines, how to move them to another.
    TablesWithoutTransactions,
    /// A row for each row that refers to none: its table, its number, the table it refers to.
    BrokenReferences,
    /// Rights that migrations need and the user lacks: the right, on what, how to grant it.
    MissingRights {
        /// Quoted.
        #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "others have no schemas"))]
        schema: Option<&'q str>,
        #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "others have no rights to tables"))]
        tables: &'q Names,
    },
    /// The file that the database is.
    File,
    /// `ok`, or what is damaged.
    Integrity,
    /// How the database survives a crash.
    JournalMode,
}

impl Question<'_> {
    /// What it is about, for people.
    pub(crate) fn subject(&self) -> &'static str {
        match self {
            Self::OpenTransactions { .. } => "open transactions",
            Self::Waits => "waiting sessions",
            Self::HiddenSessions => "sessions",
            Self::InvalidIndexes { .. } => "indexes",
            Self::TablesWithoutTransactions => "the engines of tables",
            Self::BrokenReferences => "references",
            Self::MissingRights { .. } => "rights",
            Self::File | Self::Integrity => "the file",
            Self::JournalMode => "the journal mode",
        }
    }
}
