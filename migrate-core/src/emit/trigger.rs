use super::spelling::{Spelling, list, when};
use crate::{
    Name, ObjectName,
    operation::{CreateTrigger, DropTrigger, EnableTrigger, RenameTrigger, TriggerSelection},
    schema::{Trigger, TriggerAction, TriggerEvent, TriggerTiming},
};

impl Spelling {
    pub(super) fn create_trigger(self, operation: &CreateTrigger) -> String {
        let CreateTrigger { name, table, or_replace, if_not_exists, trigger } = operation;
        let text = self.trigger(name, table, trigger);
        match (*or_replace, *if_not_exists) {
            (true, _) => text.replacen("CREATE ", "CREATE OR REPLACE ", 1),
            (_, true) => text.replacen("TRIGGER ", "TRIGGER IF NOT EXISTS ", 1),
            _ => text,
        }
    }

    /// `CREATE TRIGGER`, without a guard.
    pub(crate) fn trigger(self, name: &Name, table: &ObjectName, trigger: &Trigger) -> String {
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
            self.trigger_table(table)
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

    pub(super) fn drop_trigger(self, operation: &DropTrigger) -> String {
        let DropTrigger { name, table, if_exists, cascade } = operation;
        let name = match table.as_ref().filter(|_| !self.qualifies_indexes()) {
            Some(table) => format!("{} ON {}", self.name(name), self.object(table)),
            None => self.name(name),
        };
        self.drop("TRIGGER", &name, *if_exists, *cascade)
    }

    pub(super) fn rename_trigger(self, operation: &RenameTrigger) -> String {
        let RenameTrigger { name, table, to } = operation;
        format!("ALTER TRIGGER {} ON {} RENAME TO {}", self.name(name), self.object(table), self.name(to))
    }

    pub(super) fn enable_trigger(self, operation: &EnableTrigger) -> String {
        let EnableTrigger { table, if_exists, triggers, enabled } = operation;
        let verb = if *enabled { "ENABLE" } else { "DISABLE" };
        let which = match triggers {
            TriggerSelection::One(name) => self.name(name),
            TriggerSelection::All => "USER".to_owned(),
        };
        self.alter(table, *if_exists, &format!("{verb} TRIGGER {which}"))
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
