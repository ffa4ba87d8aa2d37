use migrate_core::{ObjectName, operation::Operation, schema::ObjectKind};
use squawk_syntax::ast::{self, AstNode, SelectVariant, Stmt};

use super::{
    function::{alter_function, create_aggregate, create_function, create_procedure, drop_function},
    ineffective::is_ineffective,
    mention,
    name::{existing, name},
    namespace::{
        alter_extension, alter_schema, create_extension, create_schema, drop_extension, drop_schema,
    },
    policy::{alter_policy, create_policy, drop_policy},
    reading::read,
    rows,
    scope::qualified,
    settings,
    trigger::{alter_trigger, create_trigger, drop_trigger},
    view::{create_materialized_view, create_view, drop_materialized_view, drop_view},
};

/// What a statement does that is not about tables; `None` where that cannot be told.
pub(super) fn lower_object(statement: &Stmt) -> Option<Vec<Operation>> {
    if let Some(select) = SelectVariant::cast(statement.syntax().clone()) {
        return read(&select);
    }
    match statement {
        Stmt::AlterAggregate(_)
        | Stmt::AlterFunction(_)
        | Stmt::AlterProcedure(_)
        | Stmt::AlterRoutine(_) => alter_function(statement),
        Stmt::AlterExtension(statement) => alter_extension(statement),
        Stmt::AlterPolicy(statement) => alter_policy(statement),
        Stmt::AlterSchema(statement) => alter_schema(statement),
        Stmt::AlterTrigger(statement) => alter_trigger(statement),
        Stmt::CommentOn(statement) => mention::comment(statement),
        Stmt::Copy(copy) => rows::copy(copy),
        Stmt::CreateAggregate(statement) => create_aggregate(statement),
        Stmt::CreateEventTrigger(statement) => event_trigger(statement),
        Stmt::CreateExtension(statement) => create_extension(statement),
        Stmt::CreateFunction(statement) => create_function(statement),
        Stmt::CreateMaterializedView(statement) => create_materialized_view(statement),
        Stmt::CreatePolicy(statement) => create_policy(statement),
        Stmt::CreateProcedure(statement) => create_procedure(statement),
        Stmt::CreateRule(statement) => create_rule(statement),
        Stmt::CreateSchema(statement) => create_schema(statement),
        Stmt::CreateTrigger(statement) => create_trigger(statement),
        Stmt::CreateView(statement) => create_view(statement),
        Stmt::Discard(_) => Some(vec![Operation::SetPath(None)]),
        Stmt::DropAggregate(_) | Stmt::DropFunction(_) | Stmt::DropProcedure(_) | Stmt::DropRoutine(_) => {
            drop_function(statement)
        }
        Stmt::DropExtension(statement) => drop_extension(statement),
        Stmt::DropMaterializedView(statement) => drop_materialized_view(statement),
        Stmt::DropPolicy(statement) => drop_policy(statement),
        Stmt::DropSchema(statement) => drop_schema(statement),
        Stmt::DropTrigger(statement) => drop_trigger(statement),
        Stmt::DropView(statement) => drop_view(statement),
        Stmt::Grant(statement) => mention::privileges(statement.on_privilege_objects_clause()),
        Stmt::Insert(_) | Stmt::Update(_) | Stmt::Delete(_) | Stmt::Merge(_) => {
            rows::row_change(statement.syntax())
        }
        Stmt::Reset(statement) => settings::reset(statement),
        Stmt::Revoke(statement) => mention::privileges(statement.on_privilege_objects_clause()),
        Stmt::SecurityLabel(statement) => mention::label(statement),
        Stmt::Set(statement) => settings::set(statement),
        Stmt::Truncate(truncate) => rows::truncate(truncate),
        other => is_ineffective(other).then(Vec::new),
    }
}

/// An event trigger is not followed, but needs its function.
fn event_trigger(statement: &ast::CreateEventTrigger) -> Option<Vec<Operation>> {
    let function = match statement.call_expr()?.expr()? {
        ast::Expr::NameRef(function) => ObjectName::bare(name(&function)?),
        ast::Expr::FieldExpr(field) => {
            let (schema, function) = qualified(&field)?;
            ObjectName { schema: Some(schema.name), name: function? }
        }
        _ => return None,
    };
    let objects = vec![(ObjectKind::Function, function, None)];
    Some(vec![Operation::Touch { objects, if_exists: false }])
}

/// Rules are not followed, but belong to a table or view.
fn create_rule(statement: &ast::CreateRule) -> Option<Vec<Operation>> {
    let table = existing(&statement.rule_on()?.relation_name_ref()?)?;
    Some(vec![Operation::Touch { objects: vec![(ObjectKind::Table, table, None)], if_exists: false }])
}
