//! The databases that the product serves, and what stands before them, as the tests tell them apart.

use std::fmt;

/// A database to test on, or a way to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// SQLite is part of the tests themselves and needs no server.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL, which is tested on MariaDB.
    Mysql,
    /// `PgBouncer`, which lends the transactions of its connections to PostgreSQL.
    Pgbouncer,
}

impl fmt::Display for Kind {
    /// The word by which the options and the tests name it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
            Self::Pgbouncer => "pgbouncer",
        })
    }
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Sqlite, Self::Postgres, Self::Mysql, Self::Pgbouncer];

    /// The name of the server, for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MariaDB",
            Self::Pgbouncer => "PgBouncer",
        }
    }

    /// The environment variable by which tests find the server, if it needs one.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("MIGRATE_TEST_POSTGRES"),
            Self::Mysql => Some("MIGRATE_TEST_MYSQL"),
            Self::Pgbouncer => Some("MIGRATE_TEST_PGBOUNCER"),
        }
    }

    /// The Debian package that brings the server and its client, if it needs one.
    pub(crate) fn package(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("postgresql"),
            Self::Mysql => Some("mariadb-server"),
            Self::Pgbouncer => Some("pgbouncer"),
        }
    }
}
