use migrate_core::{
    Name,
    operation::{CreateTrigger, DropTrigger, Operation, RenameTrigger},
    schema::{Deferral, ObjectKind, Origin, Trigger, TriggerAction, TriggerEvent, TriggerTiming},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::{all, is_cascade},
    constraint::attributes,
    expression::expression,
    name::{existing, name},
    scope::qualified,
    written::written,
};

/// `CREATE TRIGGER`.
pub(super) fn create_trigger(statement: &ast::CreateTrigger) -> Option<Vec<Operation>> {
    let is_constraint = statement.constraint_token().is_some();
    let trigger = Trigger {
        timing: match statement.timing()? {
            ast::Timing::TimingBefore(_) => TriggerTiming::Before,
            ast::Timing::TimingAfter(_) => TriggerTiming::After,
            ast::Timing::TimingInsteadOf(_) => TriggerTiming::InsteadOf,
        },
        events: all(statement.trigger_event_list()?.trigger_events().map(|written| event(&written)))?,
        each_row: matches!(statement.trigger_level(), Some(ast::TriggerLevel::ForEachRow(_))),
        condition: match statement.when_condition() {
            Some(condition) => Some(expression(&condition.expr()?)),
            None => None,
        },
        action: call(&statement.call_expr()?)?,
        transition_tables: match statement.referencing() {
            Some(tables) => all(tables.referencing_tables().map(|table| transition(&table)))?,
            None => Vec::new(),
        },
        constraint: is_constraint
            .then(|| attributes(statement.constraint_options()).deferral.unwrap_or(Deferral::NotDeferrable)),
        enabled: true,
        made: Origin::default(),
    };
    Some(vec![Operation::CreateTrigger(Box::new(CreateTrigger {
        name: name(&statement.trigger()?)?,
        table: existing(&statement.on_relation()?.relation_name_ref()?)?,
        or_replace: statement.or_replace().is_some(),
        if_not_exists: false,
        trigger,
    }))])
}

fn event(written: &ast::TriggerEvent) -> Option<TriggerEvent> {
    Some(match written {
        ast::TriggerEvent::TriggerEventInsert(_) => TriggerEvent::Insert,
        ast::TriggerEvent::TriggerEventDelete(_) => TriggerEvent::Delete,
        ast::TriggerEvent::TriggerEventTruncate(_) => TriggerEvent::Truncate,
        ast::TriggerEvent::TriggerEventUpdate(update) => {
            let columns = update.column_name_refs().map(|column| name(&column));
            TriggerEvent::Update(columns.collect::<Option<_>>()?)
        }
    })
}

fn transition(table: &ast::ReferencingTable) -> Option<String> {
    Some(match table {
        ast::ReferencingTable::OldTable(table) => {
            format!("OLD TABLE AS {}", name(&table.transition_relation_name()?)?)
        }
        ast::ReferencingTable::NewTable(table) => {
            format!("NEW TABLE AS {}", name(&table.transition_relation_name()?)?)
        }
    })
}

/// The function and its arguments: the server keeps words and numbers as strings.
fn call(call: &ast::CallExpr) -> Option<TriggerAction> {
    let function = match call.expr()? {
        ast::Expr::NameRef(function) => migrate_core::ObjectName::bare(name(&function)?),
        ast::Expr::FieldExpr(field) => {
            let (schema, function) = qualified(&field)?;
            migrate_core::ObjectName { schema: Some(schema.name), name: function? }
        }
        _ => return None,
    };
    let arguments = call.arg_list().into_iter().flat_map(|list| list.args());
    let arguments = arguments.map(|argument| match argument.expr()? {
        ast::Expr::Literal(literal) => Some(
            literal
                .string_value()
                .filter(|_| is_string(&literal))
                .unwrap_or_else(|| written(literal.syntax())),
        ),
        ast::Expr::NameRef(word) => name(&word).map(|word: Name| word.as_str().to_owned()),
        other => Some(written(other.syntax())),
    });
    Some(TriggerAction::Call { function, arguments: arguments.collect::<Option<_>>()? })
}

fn is_string(literal: &ast::Literal) -> bool {
    literal.syntax().first_token().is_some_and(|token| token.text().contains(['\'', '$']))
}

/// `DROP TRIGGER`.
pub(super) fn drop_trigger(statement: &ast::DropTrigger) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropTrigger(DropTrigger {
        name: name(&statement.trigger_ref()?)?,
        table: Some(existing(&statement.on_relation()?.relation_name_ref()?)?),
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

/// `ALTER TRIGGER`.
pub(super) fn alter_trigger(statement: &ast::AlterTrigger) -> Option<Vec<Operation>> {
    let trigger = name(&statement.trigger_ref()?)?;
    let table = existing(&statement.on_relation()?.relation_name_ref()?)?;
    Some(vec![match statement.action()? {
        ast::AlterTriggerAction::TriggerRenameTo(rename) => {
            Operation::RenameTrigger(RenameTrigger { name: trigger, table, to: name(&rename.trigger()?)? })
        }
        ast::AlterTriggerAction::DependsOnExtension(_) | ast::AlterTriggerAction::NoDependsOnExtension(_) => {
            Operation::Touch { objects: vec![(ObjectKind::Trigger, table, Some(trigger))], if_exists: false }
        }
    }])
}
