//! What SQLite looks at again when it renames a table or a column, or drops a column: it reads all views and triggers
//! anew, and refuses where one of them does not hold, whether that has to do with the change or not.

use std::collections::BTreeMap;

use super::Outcome;
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{Refusal, RowChange, RowVerb},
    schema::{Object, ObjectKind, Origin, Schema, SourceRelation, Trigger, TriggerAction, TriggerEvent},
};

impl Schema {
    /// Carries out a change before and after which all views and triggers have to hold, where the database looks.
    ///
    /// # Errors
    ///
    /// Where one of them certainly names something that is not there. The schema is unchanged then.
    pub(super) fn rechecked(&mut self, schema: &Name, change: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        self.recheck(schema)?;
        self.wholly(|changed| {
            let notices = change(changed)?;
            changed.recheck(schema)?;
            Ok(notices)
        })
    }

    /// The same where the change has to find its way into all of them, even by a rename of the old kind.
    pub(super) fn rechecked_always(
        &mut self,
        schema: &Name,
        change: impl FnOnce(&mut Self) -> Outcome,
    ) -> Outcome {
        self.recheck_all(schema)?;
        self.rechecked(schema, change)
    }

    fn recheck(&self, schema: &Name) -> Result<(), Box<Refusal>> {
        if self.legacy_rename { Ok(()) } else { self.recheck_all(schema) }
    }

    /// Whether a view holds.
    ///
    /// # Errors
    ///
    /// Where it certainly names something that is not there.
    pub(super) fn recheck_view(&self, name: &QualifiedName, views: u32) -> Result<(), Box<Refusal>> {
        let Some(views) = views.checked_sub(1).filter(|_| !self.dialect.habits().binds) else {
            return Ok(());
        };
        let Some(view) = self.views.get(name) else { return Ok(()) };
        let holds = self.check_names_within(&view.query.names, None, views);
        holds.map_err(|refusal| does_not_hold(Object::View(name.clone()), view.made, &refusal))
    }

    /// Whether the triggers hold that a change of rows sets off.
    ///
    /// # Errors
    ///
    /// Where one of them certainly names something that is not there.
    pub(super) fn recheck_set_off(
        &self,
        owner: &QualifiedName,
        triggers: &BTreeMap<Name, Trigger>,
        change: &RowChange,
    ) -> Result<(), Box<Refusal>> {
        if self.dialect.habits().binds {
            return Ok(());
        }
        let sets_off = |event: &TriggerEvent| match (event, change.verb) {
            (TriggerEvent::Insert, RowVerb::Insert) | (TriggerEvent::Delete, RowVerb::Delete) => true,
            (TriggerEvent::Update(columns), RowVerb::Update) => {
                columns.is_empty() || columns.iter().any(|column| change.columns.contains(column))
            }
            _ => false,
        };
        for (name, trigger) in triggers.iter().filter(|(_, trigger)| trigger.events.iter().any(sets_off)) {
            self.recheck_trigger(owner, name, trigger)?;
        }
        Ok(())
    }

    /// Those of the schema in which something changes, and the temporary ones, which may name what is in any.
    fn recheck_all(&self, schema: &Name) -> Result<(), Box<Refusal>> {
        let habits = self.dialect.habits();
        if habits.binds {
            return Ok(());
        }
        let is_seen = |name: &QualifiedName| {
            name.schema == *schema || name.schema.identity() == habits.temporary_schema
        };
        for (name, view) in self.views.iter().filter(|(name, _)| is_seen(name)) {
            self.recheck_view(name, 1)?;
            self.recheck_triggers(name, &view.triggers)?;
        }
        for (name, table) in self.tables.iter().filter(|(name, _)| is_seen(name)) {
            self.recheck_triggers(name, &table.triggers)?;
        }
        Ok(())
    }

    fn recheck_triggers(
        &self,
        owner: &QualifiedName,
        triggers: &BTreeMap<Name, Trigger>,
    ) -> Result<(), Box<Refusal>> {
        triggers.iter().try_for_each(|(name, trigger)| self.recheck_trigger(owner, name, trigger))
    }

    fn recheck_trigger(
        &self,
        owner: &QualifiedName,
        name: &Name,
        trigger: &Trigger,
    ) -> Result<(), Box<Refusal>> {
        let condition = trigger.condition.as_ref().map(|condition| &condition.names);
        let body = match &trigger.action {
            TriggerAction::Statements(body) => Some(&body.names),
            TriggerAction::Call { .. } => None,
        };
        let mut holds = condition.into_iter().chain(body).map(|names| self.check_names(names, None));
        holds.try_for_each(|holds| {
            let object = || Object::Trigger(owner.clone(), name.clone());
            holds.map_err(|refusal| does_not_hold(object(), trigger.made, &refusal))
        })
    }

    /// The rows that the triggers of a table are about get its new name, even where nothing else follows.
    pub(super) fn rows_renamed(&mut self, to: &QualifiedName) {
        let triggers = self.table_mut(to).into_iter().flat_map(|table| table.triggers.values_mut());
        for trigger in triggers {
            let condition = trigger.condition.as_mut().map(|condition| &mut condition.names);
            let body = match &mut trigger.action {
                TriggerAction::Statements(body) => Some(&mut body.names),
                TriggerAction::Call { .. } => None,
            };
            let scopes = condition.into_iter().chain(body).filter_map(|names| names.scopes.first_mut());
            for source in scopes.flat_map(|scope| &mut scope.sources) {
                source.relation = SourceRelation::Relation(ObjectName::from(to));
            }
        }
    }
}

fn does_not_hold(object: Object, made: Origin, refusal: &Refusal) -> Box<Refusal> {
    let rule = match refusal {
        Refusal::Unknown { object, .. } if object.kind() == ObjectKind::Column => "unknown-column",
        Refusal::Other { rule, .. } => rule,
        _ => "unknown-table",
    };
    let message = format!("{object} does not hold: {refusal}");
    Box::new(Refusal::Other { rule, message, about: Some((object, made)) })
}
