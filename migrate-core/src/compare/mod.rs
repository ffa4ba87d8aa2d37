//! Differences between two schemas.
//!
//! [`compare`] goes object by object, one file a noun. It is exact, or silent: what either side does not know gives no
//! difference. What it passes over, since no statement of a program could tell, is where an object comes from, the
//! names of `NOT NULL` constraints, temporary objects, and how a text is spaced.

mod column;
mod comparison;
mod constraint;
mod difference;
mod function;
mod index;
mod key;
mod loose;
mod namespace;
mod policy;
mod sequence;
mod table;
mod trigger;
mod user_type;
mod view;

use comparison::Comparison;
pub use difference::{Change, Difference};

use crate::Schema;

/// How a database differs from what is expected of it.
///
/// ```
/// use migrate_core::{Dialect, Name, QualifiedName, Schema, compare::compare, schema::{Origin, Table}};
///
/// let before = Schema::new(Dialect::Sqlite);
/// let mut after = before.clone();
/// let tasks = QualifiedName::new(Dialect::Sqlite.default_schema(), Name::caseless("tasks"));
/// after.tables.insert(tasks, Table::empty(Origin::NONE).into());
/// let found: Vec<String> = compare(&before, &after).iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["table `tasks` is left over"]);
/// ```
#[must_use]
pub fn compare(expected: &Schema, actual: &Schema) -> Vec<Difference> {
    let mut comparison = Comparison::new(expected, actual);
    if comparison.knows_nothing() {
        return Vec::new();
    }
    comparison.namespaces();
    comparison.extensions();
    comparison.types();
    comparison.sequences();
    comparison.functions();
    comparison.tables();
    comparison.views();
    comparison.found
}
