use super::spelling::{Spelling, list, when};
use crate::{
    Name, ObjectName,
    schema::{Trigger, TriggerAction, TriggerEvent, TriggerTiming},
};

impl Spelling {
    /// `CREATE TRIGGER`.
    pub(crate) fn create_trigger(self, name: &Name, table: &ObjectName, trigger: &Trigger) -> String {
        let timing = match trigger.timing {
            TriggerTiming::Before => "BEFORE",
            TriggerTiming::After => "AFTER",
            TriggerTiming::InsteadOf => "INSTEAD OF",
        };
        let events: Vec<String> = trigger.events.iter().map(|event| self.event(event)).collect();
        let mut text = format!(
            "CREATE {}TRIGGER {} {timing} {} ON {}",
            when(trigger.constraint.is_some(), "CONSTRAINT "),
            self.name(name),
            events.join(" OR "),
            self.object(table)
        );
        if let Some(deferral) = trigger.constraint {
            text.push_str(super::constraint::deferral(deferral));
        }
        if !trigger.transition_tables.is_empty() {
            text = format!("{text} REFERENCING {}", trigger.transition_tables.join(" "));
        }
        if trigger.each_row {
            text.push_str(" FOR EACH ROW");
        } else if matches!(trigger.action, TriggerAction::Call { .. }) {
            text.push_str(" FOR EACH STATEMENT");
        }
        match &trigger.action {
            TriggerAction::Call { function, arguments } => {
                if let Some(condition) = &trigger.condition {
                    text = format!("{text} WHEN ({condition})");
                }
                let arguments = list(arguments.iter().map(|argument| self.string(argument)));
                format!("{text} EXECUTE FUNCTION {}({arguments})", self.object(function))
            }
            TriggerAction::Statements(statements) => {
                if let Some(condition) = &trigger.condition {
                    text = format!("{text} WHEN {condition}");
                }
                format!("{text} {}", statements.sql)
            }
        }
    }

    fn event(self, event: &TriggerEvent) -> String {
        match event {
            TriggerEvent::Insert => "INSERT".to_owned(),
            TriggerEvent::Update(columns) if columns.is_empty() => "UPDATE".to_owned(),
            TriggerEvent::Update(columns) => format!("UPDATE OF {}", self.names(columns)),
            TriggerEvent::Delete => "DELETE".to_owned(),
            TriggerEvent::Truncate => "TRUNCATE".to_owned(),
        }
    }
}
