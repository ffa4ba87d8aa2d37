use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, QualifiedName,
    compare::Change,
    operation::{CreateTrigger, DropTrigger, EnableTrigger, Operation, TriggerSelection},
    schema::Trigger,
};

impl Plan<'_> {
    pub(super) fn mend_trigger(&mut self, table: &QualifiedName, name: &Name, change: &Change) {
        let wanted = self.to.tables.get(table).and_then(|table| table.triggers.get(name));
        let wanted = wanted.or_else(|| self.to.views.get(table)?.triggers.get(name));
        if let (Change::Property { property: "state", .. }, Some(wanted)) = (change, wanted) {
            return self.enable_trigger(table, name, wanted.enabled);
        }
        let (drop, create) = sides(change);
        // A view that is made again has lost its triggers already.
        if drop && !self.from.views.contains_key(table) {
            let (name, table) = (name.clone(), Some(named(table)));
            let drop = DropTrigger { name, table, if_exists: false, cascade: false };
            self.add_once(Phase::DropTrigger, Operation::DropTrigger(drop));
        }
        if self.from.views.contains_key(table) {
            // The view is made again, with its triggers.
            self.dropped_views.insert(table.clone());
            self.made_views.insert(table.clone());
        } else if let Some(wanted) = wanted.filter(|_| create) {
            self.create_trigger(table, name, wanted);
        }
    }

    pub(super) fn create_trigger(&mut self, table: &QualifiedName, name: &Name, trigger: &Trigger) {
        let create = CreateTrigger {
            name: name.clone(),
            table: named(table),
            or_replace: false,
            if_not_exists: false,
            trigger: Trigger { enabled: true, ..trigger.clone() },
        };
        self.add_once(Phase::CreateTrigger, Operation::CreateTrigger(Box::new(create)));
        if !trigger.enabled {
            self.enable_trigger(table, name, false);
        }
    }

    fn enable_trigger(&mut self, table: &QualifiedName, name: &Name, enabled: bool) {
        let triggers = TriggerSelection::One(name.clone());
        let enable = EnableTrigger { table: named(table), if_exists: false, triggers, enabled };
        self.add_once(Phase::CreateTrigger, Operation::EnableTrigger(enable));
    }
}
