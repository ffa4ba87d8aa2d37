//! The databases that the product serves, as the tests tell them apart.

/// A database to test on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// SQLite is part of the tests themselves and needs no server.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL, which is tested on MariaDB.
    Mysql,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// The name of the server, for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MariaDB",
        }
    }

    /// The environment variable by which tests find the server, if it needs one.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("MIGRATE_TEST_POSTGRES"),
            Self::Mysql => Some("MIGRATE_TEST_MYSQL"),
        }
    }

    /// The Debian package that brings the server and its client, if it needs one.
    pub(crate) fn package(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("postgresql"),
            Self::Mysql => Some("mariadb-server"),
        }
    }
}
