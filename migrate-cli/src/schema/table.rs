use migrate_core::{
    Name, QualifiedName,
    schema::{self, ConstraintKind, ForeignKeyAction, IndexTarget, Persistence, TriggerAction},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::document::{names, text};

#[derive(Serialize)]
pub(super) struct Table<'s> {
    schema: &'s str,
    name: &'s str,
    /// Whether all of it is known.
    known: bool,
    temporary: bool,
    row_security: bool,
    columns: Vec<Column<'s>>,
    constraints: Vec<Value>,
    indexes: Vec<Index<'s>>,
    triggers: Vec<Trigger<'s>>,
    policies: Vec<&'s str>,
}

#[derive(Serialize)]
struct Column<'s> {
    name: &'s str,
    r#type: Option<String>,
    not_null: bool,
    default: Option<String>,
    generated: Option<String>,
    identity: bool,
    collation: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Index<'s> {
    name: &'s str,
    unique: bool,
    method: &'s str,
    keys: Vec<String>,
    include: Vec<&'s str>,
    predicate: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Trigger<'s> {
    name: &'s str,
    enabled: bool,
    /// The function that it calls; nothing where it holds statements.
    calls: Option<String>,
}

impl<'s> Table<'s> {
    pub(super) fn new(name: &'s QualifiedName, table: &'s schema::Table) -> Self {
        Self {
            schema: &name.schema,
            name: &name.name,
            known: table.known,
            temporary: table.persistence == Persistence::Temporary,
            row_security: table.row_security,
            columns: table.columns.iter().map(Column::new).collect(),
            constraints: table.constraints.iter().map(constraint).collect(),
            indexes: table.indexes.values().map(Index::new).collect(),
            triggers: table.triggers.iter().map(|(name, trigger)| Trigger::new(name, trigger)).collect(),
            policies: table.policies.keys().map(Name::as_str).collect(),
        }
    }
}

impl<'s> Column<'s> {
    fn new(column: &'s schema::Column) -> Self {
        Self {
            name: &column.name,
            r#type: text(column.data_type.as_ref()),
            not_null: column.not_null,
            default: text(column.default.as_ref()),
            generated: text(column.generated.as_ref().map(|generated| &generated.expression)),
            identity: column.identity.is_some(),
            collation: text(column.collation.as_ref()),
        }
    }
}

impl<'s> Index<'s> {
    pub(super) fn new(index: &'s schema::Index) -> Self {
        let key = |key: &schema::IndexKey| match &key.target {
            IndexTarget::Column(name) => name.to_string(),
            IndexTarget::Expression(expression) => format!("({expression})"),
        };
        Self {
            name: &index.name,
            unique: index.unique,
            method: &index.method,
            keys: index.keys.iter().map(key).collect(),
            include: names(&index.include),
            predicate: text(index.predicate.as_ref()),
        }
    }
}

impl<'s> Trigger<'s> {
    pub(super) fn new(name: &'s Name, trigger: &'s schema::Trigger) -> Self {
        let calls = match &trigger.action {
            TriggerAction::Call { function, .. } => Some(function.to_string()),
            TriggerAction::Statements(_) => None,
        };
        Self { name, enabled: trigger.enabled, calls }
    }
}

pub(super) fn constraint(constraint: &schema::Constraint) -> Value {
    let name = constraint.name.as_ref().map(Name::as_str);
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns, .. } => {
            json!({ "name": name, "kind": "primary key", "columns": names(columns) })
        }
        ConstraintKind::Unique { columns, .. } => {
            json!({ "name": name, "kind": "unique", "columns": names(columns) })
        }
        ConstraintKind::ForeignKey(key) => json!({
            "name": name, "kind": "foreign key", "columns": names(&key.columns),
            "table": key.table.to_string(), "referenced": names(&key.referenced),
            "on_delete": action(key.on_delete), "on_update": action(key.on_update),
            "validated": constraint.validated,
        }),
        ConstraintKind::Check { expression, .. } => json!({
            "name": name, "kind": "check", "expression": expression.to_string(),
            "validated": constraint.validated,
        }),
        ConstraintKind::Exclude { .. } => json!({ "name": name, "kind": "exclude" }),
        ConstraintKind::NotNull { column } => {
            json!({ "name": name, "kind": "not null", "columns": [column.as_str()] })
        }
    }
}

const fn action(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "no action",
        ForeignKeyAction::Restrict => "restrict",
        ForeignKeyAction::Cascade => "cascade",
        ForeignKeyAction::SetNull => "set null",
        ForeignKeyAction::SetDefault => "set default",
    }
}
