use migrate_core::Schema;

use super::room;
use crate::{Connectable, Error, ErrorKind, Result};

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

impl Catalog {
    /// What is in the database, by its own catalog: tables, columns, constraints, indexes, views, types and the like of
    /// all schemas, without what belongs to the server, to extensions or to a session.
    ///
    /// Nothing is changed. A connection may be inside a transaction: then what that has done so far is seen.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] on databases whose catalog is not read: MySQL and MariaDB. Else where the database
    /// cannot be read.
    pub async fn read<'c>(on: impl Connectable<'c>) -> Result<Self> {
        let mut door = on.door();
        let dialect = door.dialect();
        let Some(room) = room(dialect) else {
            let message = format!("the feature `{dialect}` is off");
            return Err(Error::new(ErrorKind::Unsupported, message));
        };
        let read = room.catalog(door.as_mut()).await;
        read.map_err(|failure| Error::of_failure("cannot read the catalog", failure))
    }
}
