use migrate_core::{Name, ObjectName};
use sqlite3_parser::ast;

/// A name without its quotes.
pub(super) fn name(tree: &ast::Name<'_>) -> Name {
    Name::caseless(&unquoted(tree.0))
}

/// The text of a name or a string without its quotes.
pub(super) fn unquoted(text: &str) -> String {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    for quote in ['"', '`', '\''] {
        if let Some(inner) = inner(quote) {
            return inner.replace(&format!("{quote}{quote}"), &quote.to_string());
        }
    }
    text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text).to_owned()
}

/// The name of a table or the like. `main` is said in vain.
pub(super) fn object(tree: &ast::QualifiedName<'_>) -> ObjectName {
    let schema = tree.db_name.as_ref().map(name).filter(|schema| schema.identity() != "main");
    ObjectName { schema, name: name(&tree.name) }
}

/// Whether an object lies in another database file, which `ATTACH` has added: nothing is known of those.
pub(super) fn is_attached(name: &ObjectName) -> bool {
    name.schema.as_ref().is_some_and(|schema| !matches!(schema.identity(), "main" | "temp"))
}

/// Whether it is a table that SQLite has by itself, or a function that can be read as a table is.
pub(super) fn is_built_in(name: &Name) -> bool {
    let name = name.identity();
    name.starts_with("sqlite_")
        || name.starts_with("pragma_")
        || matches!(
            name,
            "json_each" | "json_tree" | "jsonb_each" | "jsonb_tree" | "generate_series" | "dbstat"
        )
}

/// Whether it is the table that holds the schema itself.
pub(super) fn is_schema_table(name: &Name) -> bool {
    matches!(name.identity(), "sqlite_master" | "sqlite_schema" | "sqlite_temp_master" | "sqlite_temp_schema")
}

/// Whether a name stands for the number of a row where the table has no column of that name.
pub(super) fn is_row_number(name: &Name) -> bool {
    matches!(name.identity(), "rowid" | "oid" | "_rowid_")
}
