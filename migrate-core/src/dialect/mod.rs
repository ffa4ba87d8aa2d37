mod casts;
mod functions;
mod habits;
mod online;
mod system;
mod types;

use std::{fmt, str::FromStr};

use crate::Name;

pub use habits::Habits;
pub use online::Online;

/// Which database's SQL a script is written in.
///
/// MariaDB and MySQL share one dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// SQLite 3.35 and later.
    Sqlite,
    /// PostgreSQL 12 and later.
    Postgres,
    /// MySQL 8 and MariaDB 10.6 and later.
    Mysql,
}

impl Dialect {
    /// Every dialect, in the order in which they are listed to people.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// The name used in `migrate.toml`, in file names and as a Cargo feature: `sqlite`, `postgres`, `mysql`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// The schema that objects lie in where nothing is said.
    #[must_use]
    pub fn default_schema(self) -> Name {
        match self {
            Self::Sqlite => Name::caseless("main"),
            Self::Postgres => Name::exact("public"),
            // The database that the session uses; its name is not known.
            Self::Mysql => Name::exact(""),
        }
    }

    /// What databases of this dialect can do.
    #[must_use]
    pub const fn capabilities(self) -> Capabilities {
        match self {
            Self::Sqlite => Capabilities {
                transactional_ddl: true,
                session_lock: false,
                transaction_lock: true,
                schemas: false,
            },
            Self::Postgres => Capabilities {
                transactional_ddl: true,
                session_lock: true,
                transaction_lock: true,
                schemas: true,
            },
            Self::Mysql => Capabilities {
                transactional_ddl: false,
                session_lock: true,
                transaction_lock: false,
                schemas: true,
            },
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        match name {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" | "postgresql" => Ok(Self::Postgres),
            "mysql" | "mariadb" => Ok(Self::Mysql),
            _ => Err(UnknownDialect),
        }
    }
}

/// The name is none of `sqlite`, `postgres`, `mysql`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDialect;

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a database is one of `sqlite`, `postgres`, `mysql`")
    }
}

impl std::error::Error for UnknownDialect {}

/// Constant facts about the databases of a dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether a schema change can share a transaction with other statements and be rolled back with them.
    pub transactional_ddl: bool,
    /// Whether a session can hold a lock that outlives its transactions. Where it cannot, each transaction locks.
    pub session_lock: bool,
    /// Whether a transaction can hold a lock that ends with it.
    pub transaction_lock: bool,
    /// Whether a connection can work in one of several schemas.
    pub schemas: bool,
}
