use std::sync::LazyLock;

use super::Dialect;
use crate::Name;

impl Dialect {
    /// Whether its databases bring a function of this name with them. Those that have it are looked up before those that
    /// statements make. SQLite has no other than its own.
    #[must_use]
    pub fn has_function(self, name: &Name) -> bool {
        match self {
            Self::Sqlite => true,
            Self::Postgres => POSTGRES.binary_search(&name.identity()).is_ok(),
            Self::Mysql => false,
        }
    }
}

/// The functions of PostgreSQL 15, with those that later versions added and what only looks like a function; sorted.
static POSTGRES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("functions.postgres.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::POSTGRES;
    use crate::{Dialect, Name};

    #[test]
    fn the_functions_are_sorted() {
        assert!(POSTGRES.is_sorted());
        assert!(Dialect::Postgres.has_function(&Name::exact("gen_random_uuid")));
        assert!(
            !Dialect::Postgres.has_function(&Name::exact("uuid_generate_v4")),
            "that one is of an extension"
        );
    }
}
