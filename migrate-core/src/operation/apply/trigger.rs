use std::{collections::BTreeMap, sync::Arc};

use super::{Outcome, dependents::view_object, lookup::Lookup};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{
        CreateTrigger, DropTrigger, EnableTrigger, Notice, Refusal, RenameTrigger, TriggerSelection,
    },
    schema::{Fate, Object, Origin, Relation, Schema, Trigger, TriggerAction, TriggerEvent, TriggerTiming},
};

impl Schema {
    pub(super) fn create_trigger(&mut self, operation: &CreateTrigger, origin: Origin) -> Outcome {
        let Lookup::Found(owner) = self.trigger_owner(&operation.table)? else { return Ok(Vec::new()) };
        if let Some((table, made)) = self.trigger_there(&owner, &operation.name) {
            let object = Object::Trigger(table, operation.name.clone());
            if operation.if_not_exists {
                return Ok(vec![Notice::AlreadyThere { object, made }]);
            }
            if !operation.or_replace {
                return Err(Box::new(Refusal::Duplicate { object, made }));
            }
        }
        let mut trigger = operation.trigger.clone();
        self.check_trigger(&owner, &trigger)?;
        trigger.made = origin;
        if let Some(condition) = &mut trigger.condition {
            self.bind_expression(condition);
            self.pin_names(&mut condition.names, &owner.schema);
        }
        if let TriggerAction::Statements(body) = &mut trigger.action {
            self.pin_names(&mut body.names, &owner.schema);
        }
        if let TriggerAction::Call { function, .. } = &mut trigger.action {
            self.bind_trigger_function(function);
        }
        if let Some(triggers) = self.triggers_mut(&owner) {
            triggers.insert(operation.name.clone(), trigger);
        }
        Ok(Vec::new())
    }

    /// The table or view that a trigger is, or would be, a part of.
    fn trigger_owner(&self, name: &ObjectName) -> Result<Lookup<QualifiedName>, Box<Refusal>> {
        match self.relation(name) {
            Lookup::Found((found, Relation::Table)) => Ok(Lookup::Found(found)),
            Lookup::Found((found, Relation::View))
                if self.views.get(&found).is_some_and(|view| !view.materialized) =>
            {
                Ok(Lookup::Found(found))
            }
            Lookup::Found((found, _)) => {
                let (object, made) = self.object_of(&found);
                Err(Box::new(Refusal::WrongKind { object, wanted: "table", made }))
            }
            Lookup::Missing => Err(self.missing(Object::Table(self.new_name(name)))),
            Lookup::Unknown => Ok(Lookup::Unknown),
        }
    }

    fn triggers_of(&self, owner: &QualifiedName) -> Option<&BTreeMap<Name, Trigger>> {
        let table = self.tables.get(owner).map(|table| &table.triggers);
        table.or_else(|| self.views.get(owner).map(|view| &view.triggers))
    }

    fn triggers_mut(&mut self, owner: &QualifiedName) -> Option<&mut BTreeMap<Name, Trigger>> {
        if let Some(table) = self.tables.get_mut(owner) {
            return Some(&mut Arc::make_mut(table).triggers);
        }
        self.views.get_mut(owner).map(|view| &mut Arc::make_mut(view).triggers)
    }

    /// The trigger that has this name already: of the table or, where triggers stand alone, of any.
    fn trigger_there(&self, owner: &QualifiedName, name: &Name) -> Option<(QualifiedName, Origin)> {
        if self.unknown.contains(name) {
            return None;
        }
        if self.dialect.habits().triggers_stand_alone {
            return self.triggers_named(name).find(|(table, _)| table.schema == owner.schema);
        }
        let trigger = self.triggers_of(owner)?.get(name)?;
        Some((owner.clone(), trigger.made))
    }

    /// All triggers of a name, with what they are on.
    fn triggers_named(&self, name: &Name) -> impl Iterator<Item = (QualifiedName, Origin)> {
        let tables = self.tables.iter().map(|(owner, table)| (owner, &table.triggers));
        let views = self.views.iter().map(|(owner, view)| (owner, &view.triggers));
        let all = tables.chain(views);
        all.filter_map(|(owner, triggers)| Some((owner.clone(), triggers.get(name)?.made)))
    }

    fn check_trigger(&self, owner: &QualifiedName, trigger: &Trigger) -> Result<(), Box<Refusal>> {
        let is_instead = matches!(trigger.timing, TriggerTiming::InsteadOf);
        if let Some(view) = self.views.get(owner) {
            if trigger.each_row && !is_instead {
                let object = view_object(owner, view);
                return Err(Box::new(Refusal::WrongKind { object, wanted: "table", made: view.made }));
            }
        } else if let Some(table) = self.tables.get(owner) {
            if is_instead {
                let object = Object::Table(owner.clone());
                return Err(Box::new(Refusal::WrongKind { object, wanted: "view", made: table.made }));
            }
            if self.dialect.habits().binds {
                for event in &trigger.events {
                    let TriggerEvent::Update(columns) = event else { continue };
                    let missing = columns.iter().find(|column| table.known && table.column(column).is_none());
                    if let Some(column) = missing {
                        return Err(self.missing(Object::Column(owner.clone(), column.clone())));
                    }
                }
                if let Some(condition) = &trigger.condition {
                    self.check_names(&condition.names, Some(owner))?;
                }
            }
        }
        match &trigger.action {
            TriggerAction::Call { function, .. } => self.check_trigger_function(function),
            TriggerAction::Statements(_) => Ok(()),
        }
    }

    /// A trigger calls a function without arguments.
    fn check_trigger_function(&self, function: &ObjectName) -> Result<(), Box<Refusal>> {
        let ObjectName { schema, name } = function;
        let is_foreign = schema.as_ref().is_some_and(|schema| self.is_foreign(schema));
        if self.unknown.contains(name) || is_foreign || self.dialect.has_function(name) {
            return Ok(());
        }
        let object = Object::FunctionNamed(self.new_name(function));
        if self.trigger_function(function).is_some() || self.may_be_of_extension(&object) {
            return Ok(());
        }
        Err(self.missing(object))
    }

    /// The schema of the function that a trigger calls.
    fn trigger_function(&self, function: &ObjectName) -> Option<Name> {
        let schemas = function.schema.as_ref().map_or(self.path.as_slice(), std::slice::from_ref);
        let takes_nothing = |schema: &&Name| {
            self.overloads(schema, &function.name).any(|(signature, _)| signature.arguments.is_empty())
        };
        schemas.iter().find(takes_nothing).cloned()
    }

    fn bind_trigger_function(&self, function: &mut ObjectName) {
        if function.schema.is_none() && !self.dialect.has_function(&function.name) {
            function.schema = self.trigger_function(function);
        }
    }

    pub(super) fn drop_trigger(&mut self, operation: &DropTrigger, origin: Origin) -> Outcome {
        let name = &operation.name;
        let owner = match &operation.table {
            // What can have no triggers has none of this name.
            Some(table) => match self.relation(table) {
                Lookup::Found((found, _)) => found,
                Lookup::Missing => {
                    let object = Object::Table(self.new_name(table));
                    if operation.if_exists {
                        return Ok(vec![Notice::NotThere { object }]);
                    }
                    return Err(self.missing(object));
                }
                Lookup::Unknown => return Ok(Vec::new()),
            },
            // A temporary one goes before others.
            None => match self
                .triggers_named(name)
                .min_by_key(|(on, _)| on.schema.identity() != self.dialect.habits().temporary_schema)
            {
                Some((owner, _)) => owner,
                None => self.new_name(&ObjectName::bare(name.clone())),
            },
        };
        let object = Object::Trigger(owner.clone(), name.clone());
        if self.has_trigger(&owner, name) {
            self.remove_trigger(&owner, name, origin);
        } else if operation.if_exists {
            return Ok(vec![Notice::NotThere { object }]);
        } else if !self.may_have_trigger(&owner, name) {
            return Err(self.missing(object));
        }
        Ok(Vec::new())
    }

    fn has_trigger(&self, owner: &QualifiedName, name: &Name) -> bool {
        self.triggers_of(owner).is_some_and(|triggers| triggers.contains_key(name))
    }

    /// Whether a trigger that is not known may be there all the same.
    fn may_have_trigger(&self, owner: &QualifiedName, name: &Name) -> bool {
        self.unknown.contains(name) || self.tables.get(owner).is_some_and(|table| !table.known)
    }

    pub(super) fn rename_trigger(&mut self, operation: &RenameTrigger, origin: Origin) -> Outcome {
        let Lookup::Found(owner) = self.trigger_owner(&operation.table)? else { return Ok(Vec::new()) };
        let RenameTrigger { name, to, .. } = operation;
        if !self.has_trigger(&owner, name) {
            if self.may_have_trigger(&owner, name) {
                return Ok(Vec::new());
            }
            return Err(self.missing(Object::Trigger(owner, name.clone())));
        }
        if let Some((table, made)) = self.trigger_there(&owner, to) {
            let object = Object::Trigger(table, to.clone());
            return Err(Box::new(Refusal::Duplicate { object, made }));
        }
        if let Some(triggers) = self.triggers_mut(&owner)
            && let Some(trigger) = triggers.remove(name)
        {
            triggers.insert(to.clone(), trigger);
        }
        let fate = Fate::Renamed { to: to.to_string(), by: origin };
        self.past.note(Object::Trigger(owner, name.clone()), fate);
        Ok(Vec::new())
    }

    pub(super) fn enable_trigger(&mut self, operation: &EnableTrigger, _origin: Origin) -> Outcome {
        let owner = match self.trigger_owner(&operation.table) {
            Ok(Lookup::Found(owner)) => owner,
            Ok(Lookup::Missing | Lookup::Unknown) => return Ok(Vec::new()),
            Err(refusal) if operation.if_exists => {
                return match *refusal {
                    Refusal::Unknown { object, .. } => Ok(vec![Notice::NotThere { object }]),
                    _ => Err(refusal),
                };
            }
            Err(refusal) => return Err(refusal),
        };
        if let TriggerSelection::One(name) = &operation.triggers
            && !self.has_trigger(&owner, name)
        {
            if self.may_have_trigger(&owner, name) {
                return Ok(Vec::new());
            }
            return Err(self.missing(Object::Trigger(owner, name.clone())));
        }
        for (name, trigger) in self.triggers_mut(&owner).into_iter().flatten() {
            let is_meant = match &operation.triggers {
                TriggerSelection::One(wanted) => wanted == name,
                TriggerSelection::All => true,
            };
            trigger.enabled = if is_meant { operation.enabled } else { trigger.enabled };
        }
        Ok(Vec::new())
    }

    /// Takes a trigger away from its table or view.
    pub(super) fn remove_trigger(&mut self, owner: &QualifiedName, name: &Name, origin: Origin) {
        if let Some(triggers) = self.triggers_mut(owner)
            && triggers.remove(name).is_some()
        {
            self.past.note(Object::Trigger(owner.clone(), name.clone()), Fate::Dropped(origin));
        }
    }
}
