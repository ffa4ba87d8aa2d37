//! What is in a database, by its catalog: a few questions, each for one kind of objects of all schemas at once.
//!
//! What belongs to the server itself, to extensions and to a session is left out. Expressions come as the server shows
//! them. Columns that only newer servers have are asked for by way of `to_jsonb`, so that older ones answer null.

mod cell;
mod column;
mod constraint;
mod function;
mod index;
mod namespace;
mod policy;
mod relation;
mod sequence;
mod trigger;
mod user_type;

use migrate_core::{Dialect, Schema};

use crate::{connectable::Door, database::Catalog, session::Failure};
use cell::Row;

/// One kind of objects: the question, and what to make of its rows.
type Part = (fn() -> String, fn(&[Row], &mut Schema));

/// In this order: what a part adds to a table needs the table.
const PARTS: [Part; 11] = [
    (namespace::question, namespace::read),
    (namespace::extensions, namespace::read_extensions),
    (user_type::question, user_type::read),
    (relation::question, relation::read),
    (column::question, column::read),
    (sequence::question, sequence::read),
    (constraint::question, constraint::read),
    (index::question, index::read),
    (function::question, function::read),
    (trigger::question, trigger::read),
    (policy::question, policy::read),
];

/// Reads all of it.
pub(super) async fn read(door: &mut dyn Door) -> Result<Catalog, Failure> {
    let mut schema = Schema::new(Dialect::Postgres);
    for (question, read) in PARTS {
        let rows = door.ask(&question()).await.rows()?;
        let rows: Vec<Row> = rows.into_iter().map(Row).collect();
        read(&rows, &mut schema);
    }
    Ok(Catalog { schema, statements: Vec::new() })
}
