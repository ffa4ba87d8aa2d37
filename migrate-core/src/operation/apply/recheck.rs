//! What SQLite looks at again when it renames a table or a column, or drops a column: it reads all views and triggers
//! anew, and refuses where one of them does not hold, whether that has to do with the change or not.

use std::collections::BTreeMap;

use super::Outcome;
use crate::{
    Name, ObjectName, QualifiedName,
    operation::Refusal,
    schema::{Names, Object, ObjectKind, Origin, Schema, SourceRelation, Trigger, TriggerAction},
};

impl Schema {
    /// Carries out a change before and after which all views and triggers have to hold, where the database looks.
    ///
    /// # Errors
    ///
    /// Where one of them certainly names something that is not there. The schema is unchanged then.
    pub(super) fn rechecked(&mut self, change: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        self.recheck()?;
        self.wholly(|schema| {
            let notices = change(schema)?;
            schema.recheck()?;
            Ok(notices)
        })
    }

    fn recheck(&self) -> Result<(), Box<Refusal>> {
        if self.dialect.habits().binds || self.legacy_rename {
            return Ok(());
        }
        for (name, view) in &self.views {
            self.recheck_names(&view.query.names, None, || (Object::View(name.clone()), view.made))?;
            self.recheck_triggers(name, &view.triggers)?;
        }
        for (name, table) in &self.tables {
            self.recheck_triggers(name, &table.triggers)?;
        }
        Ok(())
    }

    fn recheck_triggers(
        &self,
        owner: &QualifiedName,
        triggers: &BTreeMap<Name, Trigger>,
    ) -> Result<(), Box<Refusal>> {
        for (name, trigger) in triggers {
            let object = || (Object::Trigger(owner.clone(), name.clone()), trigger.made);
            if let Some(condition) = &trigger.condition {
                self.recheck_names(&condition.names, Some(owner), object)?;
            }
            if let TriggerAction::Statements(body) = &trigger.action {
                self.recheck_names(&body.names, None, object)?;
            }
        }
        Ok(())
    }

    fn recheck_names(
        &self,
        names: &Names,
        own: Option<&QualifiedName>,
        object: impl Fn() -> (Object, Origin),
    ) -> Result<(), Box<Refusal>> {
        self.check_names(names, own).map_err(|refusal| {
            let (object, made) = object();
            let rule = match &*refusal {
                Refusal::Unknown { object, .. } if object.kind() == ObjectKind::Column => "unknown-column",
                Refusal::Other { rule, .. } => rule,
                _ => "unknown-table",
            };
            let message = format!("{object} does not hold: {refusal}");
            Box::new(Refusal::Other { rule, message, about: Some((object, made)) })
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
                source.relation = SourceRelation::Relation(ObjectName::bare(to.name.clone()));
            }
        }
    }
}
