use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Outcome, dependents::view_object, lookup::Lookup};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{CreateView, DropView, Notice, Refusal},
    schema::{Fate, Object, ObjectKind, Origin, Output, Query, Relation, Schema, View, ViewColumn},
};

impl Schema {
    pub(super) fn create_view(&mut self, operation: &CreateView, origin: Origin) -> Outcome {
        let name = if operation.temporary {
            self.temporary_name(&operation.name.name)
        } else {
            self.new_name(&operation.name)
        };
        self.check_schema_of(&operation.name)?;
        let replaced = match self.relations.get(&name) {
            Some(Relation::View) if operation.or_replace => self.views.get(&name).cloned(),
            Some(_) if operation.if_not_exists && self.is_what_is_wanted(&name, ObjectKind::View) => {
                let (object, made) = self.object_of(&name);
                return Ok(vec![Notice::AlreadyThere { object, made }]);
            }
            Some(relation) => {
                let is_view = matches!(relation, Relation::View);
                let (object, made) = self.object_of(&name);
                if operation.or_replace && !is_view {
                    return Err(Box::new(Refusal::WrongKind { object, wanted: "view", made }));
                }
                return Err(Box::new(Refusal::Duplicate { object, made }));
            }
            None => None,
        };
        let binds = self.dialect.habits().binds;
        if binds {
            self.check_names(&operation.query.names, None)?;
        }
        let mut query = operation.query.clone();
        let mut columns = self.view_columns(&query, &operation.columns);
        if let Some(replaced) = &replaced {
            check_replaced(&name, replaced, columns.as_deref(), operation.materialized)?;
            let (before, after) = (replaced.columns.iter().flatten(), columns.iter_mut().flatten());
            for (old, new) in before.zip(after) {
                new.data_type = new.data_type.take().or_else(|| old.data_type.clone());
            }
        }
        if binds {
            check_columns_differ(&name, &query, &operation.columns, origin)?;
        }
        self.bind_query(&mut query);
        self.pin_names(&mut query.names, &name.schema);
        let view = View {
            materialized: operation.materialized,
            query,
            columns,
            indexes: BTreeMap::new(),
            triggers: replaced.map_or_else(BTreeMap::new, |view| view.triggers.clone()),
            temporary: operation.temporary,
            made: origin,
        };
        self.views.insert(name.clone(), Arc::new(view));
        self.relations.insert(name, Relation::View);
        Ok(Vec::new())
    }

    /// The columns of a new view, as far as they stay what they are: where a view is not bound, stars go on following
    /// their tables, and types are those of the day.
    fn view_columns(&self, query: &Query, given: &[Name]) -> Option<Vec<ViewColumn>> {
        let mut columns = self.output_columns(query, given)?;
        if !self.dialect.habits().binds {
            let mut outputs = query.outputs.iter().flatten();
            if outputs.any(|output| matches!(output, Output::All { .. })) {
                return None;
            }
            for column in &mut columns {
                column.data_type = None;
            }
        }
        Some(columns)
    }

    pub(super) fn drop_view(&mut self, operation: &DropView, origin: Origin) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in &operation.names {
            match self.view_to_drop(name, operation.materialized)? {
                Lookup::Found(object) => objects.push(object),
                Lookup::Missing => {
                    let name = self.new_name(name);
                    let object = if operation.materialized {
                        Object::MaterializedView(name)
                    } else {
                        Object::View(name)
                    };
                    if !operation.if_exists {
                        return Err(self.missing(object));
                    }
                    notices.push(Notice::NotThere { object });
                }
                Lookup::Unknown => {}
            }
        }
        notices.extend(self.drop_objects(&objects, operation.cascade, origin)?);
        Ok(notices)
    }

    fn view_to_drop(&self, name: &ObjectName, materialized: bool) -> Result<Lookup<Object>, Box<Refusal>> {
        let found = match self.relation(name) {
            Lookup::Found((found, _)) => found,
            Lookup::Missing => return Ok(Lookup::Missing),
            Lookup::Unknown => return Ok(Lookup::Unknown),
        };
        match self.views.get(&found) {
            Some(view) if view.materialized == materialized => Ok(Lookup::Found(view_object(&found, view))),
            _ => {
                let wanted = if materialized { "materialized view" } else { "view" };
                let (object, made) = self.object_of(&found);
                Err(Box::new(Refusal::WrongKind { object, wanted, made }))
            }
        }
    }

    /// Takes a view out of the schema, with its indexes and triggers.
    pub(super) fn remove_view(&mut self, name: &QualifiedName, origin: Origin) {
        let Some(view) = self.views.remove(name) else { return };
        self.relations.remove(name);
        for index in view.indexes.keys() {
            let index = QualifiedName::new(name.schema.clone(), index.clone());
            self.relations.remove(&index);
            self.past.note(Object::Index(index, Some(name.clone())), Fate::Dropped(origin));
        }
        for trigger in view.triggers.keys() {
            self.past.note(Object::Trigger(name.clone(), trigger.clone()), Fate::Dropped(origin));
        }
        self.past.note(view_object(name, &view), Fate::Dropped(origin));
    }
}

/// Two columns of a view cannot have one name. What a star stands for may be shown once all the same.
fn check_columns_differ(
    name: &QualifiedName,
    query: &Query,
    given: &[Name],
    origin: Origin,
) -> Result<(), Box<Refusal>> {
    let shown = query.outputs.iter().flatten().filter_map(|output| match output {
        Output::Value { name, .. } => Some(name),
        Output::All { .. } => None,
    });
    let mut seen = BTreeSet::new();
    match shown.skip(given.len()).chain(given).find(|column| !seen.insert(*column)) {
        Some(column) => {
            let object = Object::Column(name.clone(), column.clone());
            Err(Box::new(Refusal::Duplicate { object, made: origin }))
        }
        None => Ok(()),
    }
}

/// `OR REPLACE` can only add columns, at the end.
fn check_replaced(
    name: &QualifiedName,
    replaced: &View,
    columns: Option<&[ViewColumn]>,
    materialized: bool,
) -> Result<(), Box<Refusal>> {
    let refused = |message: String| {
        let about = Some((view_object(name, replaced), replaced.made));
        Err(Box::new(Refusal::Other { rule: "not-replaceable", message, about }))
    };
    if replaced.materialized != materialized {
        let object = view_object(name, replaced);
        return Err(Box::new(Refusal::WrongKind { object, wanted: "view", made: replaced.made }));
    }
    let (Some(before), Some(after)) = (&replaced.columns, columns) else { return Ok(()) };
    for (place, old) in before.iter().enumerate() {
        let Some(new) = after.get(place) else {
            return refused(format!("`OR REPLACE` cannot drop column `{}` from view `{name}`", old.name));
        };
        if old.name != new.name {
            return refused(format!(
                "`OR REPLACE` cannot change the name of column `{}` of view `{name}` to `{}`",
                old.name, new.name
            ));
        }
        if let (Some(old_type), Some(new_type)) = (&old.data_type, &new.data_type)
            && old_type != new_type
        {
            return refused(format!(
                "`OR REPLACE` cannot change the type of column `{}` of view `{name}` from `{old_type}` to `{new_type}`",
                old.name
            ));
        }
    }
    Ok(())
}
