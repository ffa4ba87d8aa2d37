use std::collections::BTreeMap;

use super::{
    comparison::{Both, Comparison, may_equal, names_may_equal},
    loose::loose,
};
use crate::{
    Name, ObjectName, QualifiedName,
    schema::{Object, Trigger, TriggerAction, TriggerEvent},
};

impl Comparison<'_> {
    pub(super) fn triggers(
        &mut self,
        table: &QualifiedName,
        expected: &BTreeMap<Name, Trigger>,
        actual: &BTreeMap<Name, Trigger>,
    ) {
        for (name, one, other) in Self::pairs(expected, actual) {
            let object = Object::Trigger(table.clone(), name.clone());
            match (one, other) {
                _ if self.is_unknown(name) => {}
                (Some(one), Some(other)) => {
                    let both = Both { object, made: (one.made, other.made) };
                    if !triggers_may_equal(one, other) {
                        let [one, other] = [one, other]
                            .map(|trigger| self.spelling.trigger(name, &ObjectName::from(table), trigger));
                        self.property(&both, "definition", one, other);
                    }
                    let state = |trigger: &Trigger| if trigger.enabled { "ENABLE" } else { "DISABLE" };
                    self.property(&both, "state", state(one), state(other));
                }
                (Some(one), None) => self.missing(object, one.made),
                (None, Some(other)) => self.left_over(object, other.made),
                (None, None) => {}
            }
        }
    }
}

fn triggers_may_equal(one: &Trigger, other: &Trigger) -> bool {
    let events = |trigger: &Trigger| {
        let mut events: Vec<String> = trigger.events.iter().map(event).collect();
        events.sort();
        events
    };
    let transitions = |trigger: &Trigger| {
        let mut tables: Vec<String> = trigger.transition_tables.iter().map(|table| loose(table)).collect();
        tables.sort();
        tables
    };
    one.timing == other.timing
        && events(one) == events(other)
        && one.each_row == other.each_row
        && may_equal(one.condition.as_ref(), other.condition.as_ref())
        && actions_may_equal(&one.action, &other.action)
        && transitions(one) == transitions(other)
        && one.constraint == other.constraint
}

/// The order of events is none that a database would keep.
fn event(event: &TriggerEvent) -> String {
    match event {
        TriggerEvent::Insert => "insert".to_owned(),
        TriggerEvent::Update(columns) => {
            let mut columns: Vec<&str> = columns.iter().map(Name::identity).collect();
            columns.sort_unstable();
            format!("update {}", columns.join(","))
        }
        TriggerEvent::Delete => "delete".to_owned(),
        TriggerEvent::Truncate => "truncate".to_owned(),
    }
}

fn actions_may_equal(one: &TriggerAction, other: &TriggerAction) -> bool {
    match (one, other) {
        (
            TriggerAction::Call { function: one, arguments: these },
            TriggerAction::Call { function: other, arguments: those },
        ) => names_may_equal(one, other) && these == those,
        (TriggerAction::Statements(one), TriggerAction::Statements(other)) => {
            one == other || !one.exact || !other.exact || loose(&one.sql) == loose(&other.sql)
        }
        _ => false,
    }
}
