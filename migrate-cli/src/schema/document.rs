use migrate_core::{
    Name, QualifiedName, Schema,
    schema::{DataType, Function, FunctionSignature, Sequence, UserType, UserTypeKind, View},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Index, Table, Trigger, constraint};

/// One JSON document, which `docs/json.md` describes.
pub(super) fn document(schema: &Schema) -> String {
    let document = Document {
        version: 1,
        database: schema.dialect.name(),
        schemas: schema.namespaces.keys().map(Name::as_str).collect(),
        extensions: schema.extensions.keys().map(Name::as_str).collect(),
        types: schema.types.iter().map(|(name, made)| user_type(name, made)).collect(),
        sequences: schema.sequences.iter().map(|(name, sequence)| self::sequence(name, sequence)).collect(),
        tables: schema.tables.iter().map(|(name, table)| Table::new(name, table)).collect(),
        views: schema.views.iter().map(|(name, view)| self::view(name, view)).collect(),
        functions: schema.functions.iter().map(|(name, function)| self::function(name, function)).collect(),
        unknown: Unknown {
            names: schema.unknown.names.iter().map(Name::as_str).collect(),
            patterns: &schema.unknown.patterns,
            everything: schema.unknown.everything,
        },
    };
    // Only a map with keys that are no strings could fail, and there is none.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Document<'s> {
    /// A field that goes away or changes its meaning raises it; a new one does not.
    version: u32,
    database: &'static str,
    schemas: Vec<&'s str>,
    extensions: Vec<&'s str>,
    types: Vec<Value>,
    sequences: Vec<Value>,
    tables: Vec<Table<'s>>,
    views: Vec<Value>,
    functions: Vec<Value>,
    unknown: Unknown<'s>,
}

#[derive(Serialize)]
struct Unknown<'s> {
    names: Vec<&'s str>,
    patterns: &'s [String],
    everything: bool,
}

/// A value that is shown as a text.
pub(super) fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

pub(super) fn names(names: &[Name]) -> Vec<&str> {
    names.iter().map(Name::as_str).collect()
}

fn user_type(name: &QualifiedName, made: &UserType) -> Value {
    let (schema, name) = (name.schema.as_str(), name.name.as_str());
    match &made.kind {
        UserTypeKind::Enum(values) => {
            json!({ "schema": schema, "name": name, "kind": "enum", "values": values })
        }
        UserTypeKind::Domain(domain) => json!({
            "schema": schema, "name": name, "kind": "domain", "type": domain.base.to_string(),
            "not_null": domain.not_null, "default": text(domain.default.as_ref()),
            "constraints": domain.checks.iter().map(constraint).collect::<Vec<_>>(),
        }),
        UserTypeKind::Composite(attributes) => {
            let attribute = |name: &Name, data_type: &DataType| json!({ "name": name.as_str(), "type": data_type.to_string() });
            let attributes: Vec<Value> =
                attributes.iter().map(|one| attribute(&one.name, &one.data_type)).collect();
            json!({ "schema": schema, "name": name, "kind": "composite", "attributes": attributes })
        }
        UserTypeKind::Range { subtype, .. } => {
            json!({ "schema": schema, "name": name, "kind": "range", "type": subtype.to_string() })
        }
        UserTypeKind::Other => json!({ "schema": schema, "name": name, "kind": "other" }),
    }
}

fn sequence(name: &QualifiedName, sequence: &Sequence) -> Value {
    let owner = sequence.owned_by.as_ref().map(|(table, column)| format!("{table}.{column}"));
    json!({
        "schema": name.schema.as_str(), "name": name.name.as_str(), "type": sequence.data_type.to_string(),
        "owned_by": owner,
    })
}

fn view(name: &QualifiedName, view: &View) -> Value {
    let column =
        |name: &Name, data_type: Option<&DataType>| json!({ "name": name.as_str(), "type": text(data_type) });
    let columns = view.columns.as_ref().map(|columns| {
        columns.iter().map(|one| column(&one.name, one.data_type.as_ref())).collect::<Vec<_>>()
    });
    json!({
        "schema": name.schema.as_str(), "name": name.name.as_str(), "materialized": view.materialized,
        "columns": columns, "query": &*view.query.sql,
        "indexes": view.indexes.values().map(Index::new).collect::<Vec<_>>(),
        "triggers": view.triggers.iter().map(|(name, one)| Trigger::new(name, one)).collect::<Vec<_>>(),
    })
}

fn function(signature: &FunctionSignature, function: &Function) -> Value {
    let arguments: Vec<String> = signature.arguments.iter().map(ToString::to_string).collect();
    json!({
        "schema": signature.name.schema.as_str(), "name": signature.name.name.as_str(),
        "arguments": arguments, "returns": function.returns, "language": function.language.as_str(),
        "body": function.body,
    })
}
