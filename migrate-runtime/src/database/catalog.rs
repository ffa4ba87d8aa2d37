use migrate_core::Schema;

use super::Database;
use crate::{Error, Result};

/// What a database says of itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Catalog {
    /// Its objects, where the database keeps them as such. Expressions and queries are there as it shows them: no more is
    /// known of them than their text.
    pub schema: Schema,
    /// The statements that made its objects, in an order in which they could do so again, where that is what the database
    /// keeps: SQLite does.
    pub statements: Vec<String>,
}

impl Database {
    /// What is in the database, by its own catalog: tables, columns, constraints, indexes, views, types and the like of
    /// all schemas, without what belongs to the server, to extensions or to a session.
    ///
    /// Nothing is changed.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) on databases whose catalog is not read: MySQL and
    /// MariaDB. Else where the database cannot be read.
    pub async fn catalog(&self) -> Result<Catalog> {
        let mut door = self.door();
        let read = self.room.catalog(door.as_mut()).await;
        read.map_err(|failure| Error::of_failure("cannot read the catalog", failure))
    }
}
