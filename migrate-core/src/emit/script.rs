use std::fmt::Write as _;

use super::Spelling;
use crate::{Name, Schema, diff::diff};

/// The SQL that makes a schema in an empty database, each statement with its separator.
///
/// What is not known stands in a comment.
///
/// ```
/// use migrate_core::{Dialect, Name, QualifiedName, Schema, emit::script, schema::{Origin, Table}};
///
/// let mut schema = Schema::new(Dialect::Postgres);
/// let tasks = QualifiedName::new(Name::exact("public"), Name::exact("tasks"));
/// schema.tables.insert(tasks, Table::empty(Origin::NONE).into());
/// assert_eq!(script(&schema), "CREATE TABLE tasks ();\n");
/// ```
#[must_use]
pub fn script(schema: &Schema) -> String {
    let mut empty = Schema::new(schema.dialect);
    empty.path.clone_from(&schema.path);
    let known = Schema { unknown: crate::schema::Unknowns::default(), ..schema.clone() };
    let spelling = Spelling::of(schema.dialect);
    let statements = diff(&empty, &known);
    let statements = statements.iter().flat_map(|operation| spelling.statements(operation));
    let mut text: String =
        statements.map(|statement| format!("{statement};\n")).collect::<Vec<_>>().join("\n");
    if schema.unknown.everything {
        text.push_str("\n-- all else is unknown, for a statement could not be read\n");
    } else if !schema.unknown.names.is_empty() {
        let names: Vec<&str> = schema.unknown.names.iter().map(Name::as_str).collect();
        let _ = writeln!(text, "\n-- unknown: {}", names.join(", "));
    }
    text
}
