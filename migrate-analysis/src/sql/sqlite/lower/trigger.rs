use migrate_core::{
    Name, ObjectName,
    operation::{CreateTrigger, Operation},
    schema::{Origin, Source, SourceRelation, Trigger, TriggerAction, TriggerEvent, TriggerTiming},
};
use sqlite3_parser::ast::{self, QualifiedName, Stmt, TriggerCmd, TriggerTime};

use super::{
    name::{is_attached, name, object},
    reading::Reading,
    rows::{Insert, Update},
    stop::{Stop, check_new_name, refused},
    verbatim::from_keyword,
};

/// `CREATE TRIGGER`.
pub(super) fn create_trigger(tree: &Stmt<'_>, text: &str) -> Result<Vec<Operation>, Stop> {
    let Stmt::CreateTrigger {
        if_not_exists, trigger_name, time, event, tbl_name, when_clause, commands, ..
    } = tree
    else {
        return Ok(Vec::new());
    };
    let trigger = object(trigger_name);
    check_new_name(&trigger.name)?;
    let table = object(tbl_name);
    if is_attached(&trigger) || is_attached(&table) {
        return Ok(Vec::new());
    }
    let rows = rows_of_event(event, &table);
    let condition = when_clause.as_ref().map(|condition| {
        let mut reading = Reading::new(rows.clone());
        reading.expression(condition);
        reading.into_expression()
    });
    let mut reading = Reading::new(rows);
    for command in *commands {
        check_target(command)?;
        reading.command(command);
        reading.text.word(";");
    }
    let trigger_body = Trigger {
        timing: match time {
            Some(TriggerTime::After) => TriggerTiming::After,
            Some(TriggerTime::InsteadOf) => TriggerTiming::InsteadOf,
            Some(TriggerTime::Before) | None => TriggerTiming::Before,
        },
        events: vec![match event {
            ast::TriggerEvent::Delete => TriggerEvent::Delete,
            ast::TriggerEvent::Insert => TriggerEvent::Insert,
            ast::TriggerEvent::Update => TriggerEvent::Update(Vec::new()),
            ast::TriggerEvent::UpdateOf(columns) => TriggerEvent::Update(columns.iter().map(name).collect()),
        }],
        each_row: true,
        condition,
        action: TriggerAction::Statements(reading.into_query(from_keyword(text, "BEGIN", false), None)),
        transition_tables: Vec::new(),
        constraint: None,
        enabled: true,
        made: Origin::NONE,
    };
    Ok(vec![Operation::CreateTrigger(Box::new(CreateTrigger {
        name: trigger.name,
        table,
        or_replace: false,
        if_not_exists: *if_not_exists,
        trigger: trigger_body,
    }))])
}

/// `NEW` and `OLD`, as far as the event has them.
fn rows_of_event(event: &ast::TriggerEvent<'_>, table: &ObjectName) -> Vec<Source> {
    let rows: &[&str] = match event {
        ast::TriggerEvent::Insert => &["new"],
        ast::TriggerEvent::Delete => &["old"],
        ast::TriggerEvent::Update | ast::TriggerEvent::UpdateOf(_) => &["new", "old"],
    };
    rows.iter()
        .map(|row| Source {
            alias: Some(Name::caseless(row)),
            relation: SourceRelation::Relation(table.clone()),
            columns: Vec::new(),
        })
        .collect()
}

/// What a trigger changes lies where the trigger does.
fn check_target(command: &TriggerCmd<'_>) -> Result<(), Stop> {
    let (TriggerCmd::Update { tbl_name, .. }
    | TriggerCmd::Insert { tbl_name, .. }
    | TriggerCmd::Delete { tbl_name, .. }) = command
    else {
        return Ok(());
    };
    match tbl_name {
        QualifiedName { db_name: Some(_), name: table, .. } => {
            refused(&name(table), "what a trigger changes is named without a schema")
        }
        _ => Ok(()),
    }
}

impl Reading {
    fn command(&mut self, command: &TriggerCmd<'_>) {
        let parent = Some(0);
        match command {
            TriggerCmd::Select(select) => {
                self.select(select, parent);
            }
            TriggerCmd::Insert { or_conflict, tbl_name, col_names, select, upsert } => {
                self.conflict(*or_conflict);
                let insert = Insert {
                    with: None,
                    target: tbl_name,
                    columns: col_names.as_ref(),
                    body: None,
                    returning: None,
                };
                let (change, scope) = self.insert(&insert, Some((select, *upsert)), parent);
                self.use_columns(scope, change.columns);
            }
            TriggerCmd::Update { or_conflict, tbl_name, sets, from, where_clause } => {
                self.conflict(*or_conflict);
                let update = Update {
                    with: None,
                    target: tbl_name,
                    sets,
                    from: from.as_ref(),
                    condition: where_clause.as_ref(),
                    returning: None,
                };
                let (columns, scope) = self.update(&update, parent);
                self.use_columns(scope, columns);
            }
            TriggerCmd::Delete { tbl_name, where_clause } => {
                self.delete(tbl_name, where_clause.as_ref(), None, parent);
            }
        }
    }
}
