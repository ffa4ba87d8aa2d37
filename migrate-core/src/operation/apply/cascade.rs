use std::collections::VecDeque;

use super::{Outcome, dependents::Dependent};
use crate::{
    Name, QualifiedName,
    operation::{Notice, Refusal},
    schema::{Fate, Object, Origin, Schema},
};

impl Schema {
    /// Drops an object that is there: with all that depends on it, or not where something does.
    ///
    /// # Errors
    ///
    /// Where something depends on it and `cascade` is not said. The schema is unchanged then.
    pub(super) fn drop_object(&mut self, object: &Object, cascade: bool, origin: Origin) -> Outcome {
        self.drop_objects(std::slice::from_ref(object), cascade, origin)
    }

    /// The same for several at once, which may depend on each other.
    ///
    /// # Errors
    ///
    /// Where something else depends on one of them and `cascade` is not said. The schema is unchanged then.
    pub(super) fn drop_objects(&mut self, objects: &[Object], cascade: bool, origin: Origin) -> Outcome {
        if !cascade {
            for object in objects {
                let mut dependents = self.dependents(object);
                dependents.retain(|(dependent, _)| !goes_with(dependent, objects));
                if !dependents.is_empty() {
                    return Err(Box::new(Refusal::Dependents { object: object.clone(), dependents }));
                }
            }
        }
        let also = if cascade { self.closure(objects) } else { Vec::new() };
        let mut notices = Vec::new();
        for Dependent { object, made, certain } in also.into_iter().rev() {
            if certain {
                self.remove(&object, origin);
                notices.push(Notice::AlsoDropped { object, made });
            } else {
                self.may_be_gone(&object)?;
            }
        }
        notices.reverse();
        for object in objects {
            self.remove(object, origin);
        }
        Ok(notices)
    }

    /// Notes that an object may have gone with the rest: its table is no longer known, or its name.
    fn may_be_gone(&mut self, object: &Object) -> Outcome {
        if let Some(table) = whole(object).and_then(|table| self.table_mut(table)) {
            table.known = false;
            return Ok(Vec::new());
        }
        self.taint(&[Name::exact(object.name())], &[], false)
    }

    /// All that goes when these objects do: what depends on them, on that, and so on.
    fn closure(&self, objects: &[Object]) -> Vec<Dependent> {
        let mut closure: Vec<Dependent> = Vec::new();
        let mut left: VecDeque<(Object, bool)> =
            objects.iter().map(|object| (object.clone(), true)).collect();
        while let Some((object, is_certain)) = left.pop_front() {
            for mut dependent in self.depending(&object) {
                dependent.certain &= is_certain;
                if goes_with(&dependent.object, objects) {
                    continue;
                }
                match closure.iter_mut().find(|known| known.object == dependent.object) {
                    Some(known) if known.certain || !dependent.certain => continue,
                    Some(known) => known.certain = true,
                    None => closure.push(dependent.clone()),
                }
                left.push_back((dependent.object, dependent.certain));
            }
        }
        closure
    }

    /// Takes an object out of the schema, with the parts that it has, and notes what became of it.
    fn remove(&mut self, object: &Object, origin: Origin) {
        match object {
            Object::Table(table) => self.remove_table(table, origin),
            Object::Column(table, column) if self.tables.contains_key(table) => {
                self.remove_column(table, column, origin);
            }
            Object::Column(composite, attribute) => self.remove_attribute(composite, attribute),
            Object::Default(table, column) => self.remove_default(table, column),
            Object::Constraint(table, name) if self.types.contains_key(table) => {
                self.remove_check(table, name);
            }
            Object::Constraint(table, name) => self.remove_constraint(table, name, origin),
            Object::Index(index, _) => self.remove_index(index, origin),
            Object::Sequence(sequence) => self.remove_sequence(sequence, origin),
            Object::View(view) | Object::MaterializedView(view) => self.remove_view(view, origin),
            Object::Type(name) => self.remove_type(name, origin),
            Object::Function(signature) => self.remove_function(signature, origin),
            Object::Trigger(table, name) => self.remove_trigger(table, name, origin),
            Object::Policy(table, name) => self.remove_policy(table, name, origin),
            Object::Extension(name) => {
                self.extensions.remove(name);
                self.past.note(object.clone(), Fate::Dropped(origin));
            }
            Object::Schema(name) => {
                self.namespaces.remove(name);
                self.past.note(object.clone(), Fate::Dropped(origin));
            }
            Object::EnumValue(..) | Object::FunctionNamed(_) => {}
        }
    }
}

/// Whether a dependent is one of these objects, or a part of one.
fn goes_with(dependent: &Object, objects: &[Object]) -> bool {
    let whole = whole(dependent);
    objects.iter().any(|object| match (object, whole) {
        _ if object == dependent => true,
        (
            Object::Table(gone) | Object::View(gone) | Object::MaterializedView(gone) | Object::Type(gone),
            Some(whole),
        ) => gone == whole,
        _ => false,
    })
}

/// The table or type that an object is a part of.
fn whole(object: &Object) -> Option<&QualifiedName> {
    match object {
        Object::Column(table, _)
        | Object::Default(table, _)
        | Object::Constraint(table, _)
        | Object::Index(_, Some(table))
        | Object::Trigger(table, _)
        | Object::Policy(table, _) => Some(table),
        _ => None,
    }
}
