use std::sync::Arc;

use super::{Outcome, lookup::Lookup};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{AlterType, CreateType, DropType, Notice, Refusal, TypeChange},
    schema::{Attribute, DataType, Fate, Object, Origin, Relation, Schema, UserType, UserTypeKind},
};

impl Schema {
    pub(super) fn create_type(&mut self, operation: &CreateType, origin: Origin) -> Outcome {
        self.check_schema_of(&operation.name)?;
        let name = self.new_name(&operation.name);
        let is_composite = matches!(operation.kind, UserTypeKind::Composite(_));
        self.check_type_is_new(&name, is_composite)?;
        if let UserTypeKind::Enum(values) = &operation.kind {
            check_values_differ(&name, values, origin)?;
        }
        let mut kind = operation.kind.clone();
        self.complete_kind(&mut kind, &name)?;
        self.types.insert(name.clone(), Arc::new(UserType { kind, made: origin }));
        if is_composite {
            self.relations.insert(name, Relation::Composite);
        }
        Ok(Vec::new())
    }

    /// Names what has no name, and looks up what the type is made of.
    fn complete_kind(&self, kind: &mut UserTypeKind, name: &QualifiedName) -> Result<(), Box<Refusal>> {
        match kind {
            UserTypeKind::Domain(domain) => {
                self.bind_known_type(&mut domain.base)?;
                if let Some(default) = &mut domain.default {
                    self.check_names(&default.names, None)?;
                    self.bind_expression(default);
                }
                for check in std::mem::take(&mut domain.checks) {
                    let check = self.completed_check(check, name, &domain.checks)?;
                    domain.checks.push(check);
                }
            }
            UserTypeKind::Composite(attributes) => {
                for attribute in attributes {
                    self.bind_known_type(&mut attribute.data_type)?;
                }
            }
            UserTypeKind::Range { subtype, .. } => self.bind_known_type(subtype)?,
            UserTypeKind::Enum(_) | UserTypeKind::Other => {}
        }
        Ok(())
    }

    /// Whether a type can get this name: types share theirs with the tables, which imply types.
    pub(super) fn check_type_is_new(
        &self,
        name: &QualifiedName,
        is_composite: bool,
    ) -> Result<(), Box<Refusal>> {
        if self.unknown.contains(&name.name) {
            return Ok(());
        }
        if let Some(there) = self.types.get(name)
            // A shell is completed under its name.
            && !matches!(there.kind, UserTypeKind::Other)
        {
            return Err(Box::new(Refusal::Duplicate {
                object: Object::Type(name.clone()),
                made: there.made,
            }));
        }
        let is_taken = match self.relations.get(name) {
            Some(Relation::Table | Relation::View | Relation::Composite) => true,
            Some(Relation::Sequence | Relation::Index(_) | Relation::Constraint(_)) => is_composite,
            None => false,
        };
        if is_taken {
            let (object, made) = self.object_of(name);
            return Err(Box::new(Refusal::Duplicate { object, made }));
        }
        Ok(())
    }

    /// The type that a name stands for, among those that the history made and that its tables imply.
    pub(super) fn type_to_change(&self, name: &ObjectName) -> Result<Lookup<QualifiedName>, Box<Refusal>> {
        match self.type_named(name) {
            Lookup::Missing => Err(self.missing(Object::Type(self.new_name(name)))),
            lookup => Ok(lookup),
        }
    }

    pub(super) fn alter_type(&mut self, operation: &AlterType, origin: Origin) -> Outcome {
        let Lookup::Found(name) = self.type_to_change(&operation.name)? else { return Ok(Vec::new()) };
        let Some(there) = self.types.get(&name) else { return Ok(Vec::new()) };
        match &operation.change {
            TypeChange::Rename(to) => {
                let to = QualifiedName::new(name.schema.clone(), to.clone());
                return self.change_type_name(&name, &to, origin);
            }
            TypeChange::Move(schema) => {
                self.check_schema(schema)?;
                let to = QualifiedName::new(schema.clone(), name.name.clone());
                if to == name {
                    return Ok(Vec::new());
                }
                return self.change_type_name(&name, &to, origin);
            }
            change if !fits(&there.kind, wanted(change)) => {
                let (object, made, wanted) = (Object::Type(name), there.made, wanted(change));
                return Err(Box::new(Refusal::WrongKind { object, wanted, made }));
            }
            TypeChange::RenameValue { from, to } => return self.rename_value(&name, from, to, origin),
            TypeChange::Nothing => return Ok(Vec::new()),
            _ => {}
        }
        let mut changed = UserType::clone(there);
        let notices = match &mut changed.kind {
            UserTypeKind::Enum(values) => self.alter_enum(&name, values, there.made, &operation.change)?,
            UserTypeKind::Composite(attributes) => {
                self.alter_composite(&name, attributes, there.made, &operation.change)?
            }
            UserTypeKind::Domain(domain) => {
                self.alter_domain(&name, domain, there.made, &operation.change)?
            }
            UserTypeKind::Range { .. } | UserTypeKind::Other => Vec::new(),
        };
        self.types.insert(name, Arc::new(changed));
        Ok(notices)
    }

    fn alter_enum(
        &self,
        name: &QualifiedName,
        values: &mut Vec<String>,
        made: Origin,
        change: &TypeChange,
    ) -> Outcome {
        let TypeChange::AddValue { value, if_not_exists, place } = change else { return Ok(Vec::new()) };
        if values.contains(value) {
            let object = Object::EnumValue(name.clone(), value.clone());
            return if *if_not_exists {
                Ok(vec![Notice::AlreadyThere { object, made }])
            } else {
                Err(Box::new(Refusal::Duplicate { object, made }))
            };
        }
        let at = match place {
            None => values.len(),
            Some((before, neighbour)) => match values.iter().position(|known| known == neighbour) {
                Some(at) => at + usize::from(!before),
                None if self.unknown.contains(&name.name) => values.len(),
                None => return Err(self.missing(Object::EnumValue(name.clone(), neighbour.clone()))),
            },
        };
        values.insert(at, value.clone());
        Ok(Vec::new())
    }

    fn alter_composite(
        &self,
        name: &QualifiedName,
        attributes: &mut Vec<Attribute>,
        made: Origin,
        change: &TypeChange,
    ) -> Outcome {
        let missing = |attribute: &Name| self.missing(Object::Column(name.clone(), attribute.clone()));
        let place = |attributes: &[Attribute], wanted: &Name| {
            attributes.iter().position(|attribute| attribute.name == *wanted)
        };
        let duplicate = |attribute: &Name| {
            let object = Object::Column(name.clone(), attribute.clone());
            Box::new(Refusal::Duplicate { object, made })
        };
        match change {
            TypeChange::AddAttribute(attribute) => {
                if place(attributes, &attribute.name).is_some() {
                    return Err(duplicate(&attribute.name));
                }
                let mut attribute = attribute.clone();
                self.bind_known_type(&mut attribute.data_type)?;
                attributes.push(attribute);
            }
            TypeChange::DropAttribute { name: attribute, if_exists } => match place(attributes, attribute) {
                Some(at) => {
                    attributes.remove(at);
                }
                None if *if_exists => {
                    let object = Object::Column(name.clone(), attribute.clone());
                    return Ok(vec![Notice::NotThere { object }]);
                }
                None => return Err(missing(attribute)),
            },
            TypeChange::AlterAttribute(altered) => {
                let mut altered = altered.clone();
                self.bind_known_type(&mut altered.data_type)?;
                match attributes.iter_mut().find(|attribute| attribute.name == altered.name) {
                    Some(attribute) => attribute.data_type = altered.data_type,
                    None => return Err(missing(&altered.name)),
                }
            }
            TypeChange::RenameAttribute { name: attribute, to } => {
                if place(attributes, to).is_some() {
                    return Err(duplicate(to));
                }
                match attributes.iter_mut().find(|known| known.name == *attribute) {
                    Some(known) => known.name = to.clone(),
                    None => return Err(missing(attribute)),
                }
            }
            _ => {}
        }
        Ok(Vec::new())
    }

    fn rename_value(&mut self, name: &QualifiedName, from: &str, to: &str, origin: Origin) -> Outcome {
        let Some(there) = self.types.get(name) else { return Ok(Vec::new()) };
        let mut changed = UserType::clone(there);
        let UserTypeKind::Enum(values) = &mut changed.kind else { return Ok(Vec::new()) };
        if values.iter().any(|value| value == to) {
            let object = Object::EnumValue(name.clone(), to.to_owned());
            return Err(Box::new(Refusal::Duplicate { object, made: there.made }));
        }
        match values.iter_mut().find(|value| *value == from) {
            Some(value) => to.clone_into(value),
            None if self.unknown.contains(&name.name) => return Ok(Vec::new()),
            None => return Err(self.missing(Object::EnumValue(name.clone(), from.to_owned()))),
        }
        self.types.insert(name.clone(), Arc::new(changed));
        self.enum_value_renamed(name, from, to);
        let fate = Fate::Renamed { to: to.to_owned(), by: origin };
        self.past.note(Object::EnumValue(name.clone(), from.to_owned()), fate);
        Ok(Vec::new())
    }

    fn change_type_name(&mut self, from: &QualifiedName, to: &QualifiedName, origin: Origin) -> Outcome {
        let is_composite = matches!(self.relations.get(from), Some(Relation::Composite));
        self.check_type_is_new(to, is_composite)?;
        if let Some(moved) = self.types.remove(from) {
            self.types.insert(to.clone(), moved);
        }
        if is_composite {
            self.relations.remove(from);
            self.relations.insert(to.clone(), Relation::Composite);
        }
        self.type_renamed(from, to);
        let fate = Fate::Renamed { to: to.to_string(), by: origin };
        self.past.note(Object::Type(from.clone()), fate);
        Ok(Vec::new())
    }

    pub(super) fn drop_type(&mut self, operation: &DropType, origin: Origin) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in &operation.names {
            match self.type_named(name) {
                Lookup::Found(found) => {
                    let Some(there) = self.types.get(&found) else { continue };
                    if operation.domain && !matches!(there.kind, UserTypeKind::Domain(_)) {
                        let (object, made) = (Object::Type(found), there.made);
                        return Err(Box::new(Refusal::WrongKind { object, wanted: "domain", made }));
                    }
                    objects.push(Object::Type(found));
                }
                Lookup::Missing => {
                    let object = Object::Type(self.new_name(name));
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

    /// Takes a type out of the schema.
    pub(super) fn remove_type(&mut self, name: &QualifiedName, origin: Origin) {
        self.types.remove(name);
        if matches!(self.relations.get(name), Some(Relation::Composite)) {
            self.relations.remove(name);
        }
        self.past.note(Object::Type(name.clone()), Fate::Dropped(origin));
    }

    /// Takes an attribute out of a composite type.
    pub(super) fn remove_attribute(&mut self, composite: &QualifiedName, attribute: &Name) {
        if let Some(user_type) = self.types.get_mut(composite)
            && let UserTypeKind::Composite(attributes) = &mut Arc::make_mut(user_type).kind
        {
            attributes.retain(|known| known.name != *attribute);
        }
    }

    /// Gives a type its schema.
    ///
    /// # Errors
    ///
    /// Where there is certainly no such type.
    fn bind_known_type(&self, data_type: &mut DataType) -> Result<(), Box<Refusal>> {
        self.check_type(data_type)?;
        self.bind_type(data_type);
        Ok(())
    }
}

fn check_values_differ(name: &QualifiedName, values: &[String], made: Origin) -> Result<(), Box<Refusal>> {
    let twice =
        values.iter().enumerate().find(|(place, value)| values.iter().take(*place).any(|v| v == *value));
    match twice {
        Some((_, value)) => {
            let object = Object::EnumValue(name.clone(), value.clone());
            Err(Box::new(Refusal::Duplicate { object, made }))
        }
        None => Ok(()),
    }
}

/// What a type has to be for a change.
const fn wanted(change: &TypeChange) -> &'static str {
    match change {
        TypeChange::AddValue { .. } | TypeChange::RenameValue { .. } => "enum",
        TypeChange::AddAttribute(_)
        | TypeChange::DropAttribute { .. }
        | TypeChange::AlterAttribute(_)
        | TypeChange::RenameAttribute { .. } => "composite type",
        TypeChange::Default(_)
        | TypeChange::NotNull(_)
        | TypeChange::AddCheck(_)
        | TypeChange::DropCheck { .. }
        | TypeChange::RenameCheck { .. }
        | TypeChange::ValidateCheck(_) => "domain",
        TypeChange::Rename(_) | TypeChange::Move(_) | TypeChange::Nothing => "type",
    }
}

fn fits(kind: &UserTypeKind, wanted: &str) -> bool {
    match wanted {
        "enum" => matches!(kind, UserTypeKind::Enum(_)),
        "composite type" => matches!(kind, UserTypeKind::Composite(_)),
        "domain" => matches!(kind, UserTypeKind::Domain(_)),
        _ => true,
    }
}
