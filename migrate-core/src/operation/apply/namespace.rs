use super::{Outcome, dependents::view_object, parts::table_names};
use crate::{
    Name, ObjectName, QualifiedName, SharedMap, did_you_mean,
    operation::{Notice, Refusal},
    schema::{DataType, Extension, Fate, FunctionSignature, Names, Namespace, Object, Origin, Schema},
};

impl Schema {
    pub(super) fn create_extension(
        &mut self,
        name: &Name,
        schema: Option<&Name>,
        if_not_exists: bool,
        origin: Origin,
    ) -> Outcome {
        if self.dialect.habits().own_extensions.contains(&name.identity()) {
            let duplicate =
                Refusal::Duplicate { object: Object::Extension(name.clone()), made: Origin::NONE };
            return if if_not_exists { Ok(Vec::new()) } else { Err(Box::new(duplicate)) };
        }
        if let Some(there) = self.extensions.get(name)
            && !self.unknown.contains(name)
        {
            let (object, made) = (Object::Extension(name.clone()), there.made);
            return if if_not_exists {
                Ok(vec![Notice::AlreadyThere { object, made }])
            } else {
                Err(Box::new(Refusal::Duplicate { object, made }))
            };
        }
        if let Some(schema) = schema {
            self.check_schema(schema)?;
        }
        self.extensions.insert(name.clone(), Extension { schema: schema.cloned(), made: origin });
        Ok(Vec::new())
    }

    pub(super) fn drop_extensions(
        &mut self,
        names: &[Name],
        if_exists: bool,
        cascade: bool,
        origin: Origin,
    ) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in names {
            let object = Object::Extension(name.clone());
            // One that no statement made may have come with the database.
            let is_gone = self.past.of(&object).is_some() && !self.unknown.contains(name);
            if self.extensions.contains_key(name) {
                objects.push(object);
            } else if is_gone && if_exists {
                notices.push(Notice::NotThere { object });
            } else if is_gone {
                return Err(self.missing(object));
            }
        }
        notices.extend(self.drop_objects(&objects, cascade, origin)?);
        if cascade && !objects.is_empty() {
            self.forget_foreign_uses()?;
        }
        Ok(notices)
    }

    /// What uses types or functions that are neither built in nor made by a statement may have gone with an extension.
    fn forget_foreign_uses(&mut self) -> Outcome {
        let tables = self.tables.iter().filter(|(_, table)| {
            let mut types = table.columns.iter().filter_map(|column| column.data_type.as_ref());
            let mut uses = types.any(|data_type| self.is_foreign_type(data_type));
            table_names(table, &mut |_, names| uses |= self.uses_foreign(names));
            uses
        });
        let views = self.views.iter().filter(|(_, view)| self.uses_foreign(&view.query.names));
        let names = tables.map(|(name, _)| &name.name).chain(views.map(|(name, _)| &name.name));
        let names: Vec<Name> = names.cloned().collect();
        self.taint(&names, &[], false)
    }

    fn is_foreign_type(&self, data_type: &DataType) -> bool {
        data_type.name.schema.is_none() && !self.dialect.has_type(&data_type.name.name)
    }

    fn uses_foreign(&self, names: &Names) -> bool {
        let is_foreign =
            |function: &ObjectName| function.schema.is_none() && !self.dialect.has_function(&function.name);
        names.functions.iter().any(is_foreign)
            || names.types.iter().any(|data_type| self.is_foreign_type(data_type))
    }

    pub(super) fn create_schema(&mut self, name: &Name, if_not_exists: bool, origin: Origin) -> Outcome {
        if let Some(there) = self.namespaces.get(name)
            && !self.unknown.contains(name)
        {
            let (object, made) = (Object::Schema(name.clone()), there.made);
            return if if_not_exists {
                Ok(vec![Notice::AlreadyThere { object, made }])
            } else {
                Err(Box::new(Refusal::Duplicate { object, made }))
            };
        }
        self.namespaces.insert(name.clone(), Namespace { made: origin });
        Ok(Vec::new())
    }

    /// Refuses a schema that is certainly not there: one that is gone, or a slip for one that a statement made. Any other
    /// may be there for reasons of its own: a hosted database comes with some, and extensions make theirs.
    ///
    /// # Errors
    ///
    /// Where there is no such schema.
    pub(super) fn check_schema(&self, name: &Name) -> Result<(), Box<Refusal>> {
        let object = Object::Schema(name.clone());
        if self.namespaces.contains_key(name)
            || self.is_foreign(name)
            || self.unknown.contains(name)
            || self.may_be_of_extension(&object)
            || !(self.past.of(&object).is_some() || self.is_slip_for_a_schema(name))
        {
            return Ok(());
        }
        Err(self.missing(object))
    }

    fn is_slip_for_a_schema(&self, name: &Name) -> bool {
        let made = self.namespaces.iter().filter(|(_, namespace)| namespace.made.0 != Origin::NONE.0);
        did_you_mean(name, made.map(|(name, _)| &**name)).is_some()
    }

    /// The same for the schema that a statement names before what it makes.
    ///
    /// # Errors
    ///
    /// Where there is no such schema.
    pub(super) fn check_schema_of(&self, name: &ObjectName) -> Result<(), Box<Refusal>> {
        name.schema.as_ref().map_or(Ok(()), |schema| self.check_schema(schema))
    }

    /// Whether an object that no statement made may come from an extension: not where a statement took away one of
    /// this name.
    pub(super) fn may_be_of_extension(&self, object: &Object) -> bool {
        !self.extensions.is_empty() && self.past.of(object).is_none()
    }

    pub(super) fn drop_schemas(
        &mut self,
        names: &[Name],
        if_exists: bool,
        cascade: bool,
        origin: Origin,
    ) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in names {
            let object = Object::Schema(name.clone());
            if self.namespaces.contains_key(name) {
                objects.push(object);
            } else if !if_exists {
                self.check_schema(name)?;
            } else if self.past.of(&object).is_some() {
                // One that no statement made may be the application's own.
                notices.push(Notice::NotThere { object });
            }
        }
        let contents: Vec<(Object, Origin)> = names.iter().flat_map(|name| self.contents(name)).collect();
        let certain = contents.iter().filter(|(object, _)| !self.unknown.names.contains(object.name()));
        let dependents: Vec<(Object, Origin)> = certain.cloned().collect();
        if let (false, false, [object, ..]) =
            (cascade || self.unknown.everything, dependents.is_empty(), &*objects)
        {
            return Err(Box::new(Refusal::Dependents { object: object.clone(), dependents }));
        }
        let also = contents.iter().map(|(object, made)| {
            let (object, made) = (object.clone(), *made);
            Notice::AlsoDropped { object, made }
        });
        notices.extend(also);
        objects.splice(0..0, contents.into_iter().map(|(object, _)| object));
        notices.extend(self.drop_objects(&objects, true, origin)?);
        Ok(notices)
    }

    /// What lies in a schema, without what goes along with it: parts of tables, sequences of columns.
    fn contents(&self, schema: &Name) -> Vec<(Object, Origin)> {
        let is_in = |name: &QualifiedName| name.schema == *schema;
        let mut contents = Vec::new();
        let tables = self.tables.iter().filter(|(name, _)| is_in(name));
        contents.extend(tables.map(|(name, table)| (Object::Table(name.clone()), table.made)));
        let views = self.views.iter().filter(|(name, _)| is_in(name));
        contents.extend(views.map(|(name, view)| (view_object(name, view), view.made)));
        let is_free = |owner: &Option<(QualifiedName, Name)>| owner.is_none();
        let sequences = self.sequences.iter().filter(|(name, its)| is_in(name) && is_free(&its.owned_by));
        contents.extend(sequences.map(|(name, its)| (Object::Sequence(name.clone()), its.made)));
        let types = self.types.iter().filter(|(name, _)| is_in(name));
        contents.extend(types.map(|(name, its)| (Object::Type(name.clone()), its.made)));
        let functions = self.functions.iter().filter(|(signature, _)| is_in(&signature.name));
        contents.extend(functions.map(|(signature, its)| (Object::Function(signature.clone()), its.made)));
        contents
    }

    pub(super) fn rename_schema(&mut self, name: &Name, to: &Name, origin: Origin) -> Outcome {
        let Some(there) = self.namespaces.get(name).cloned() else {
            self.check_schema(name)?;
            return Ok(Vec::new());
        };
        if let Some(taken) = self.namespaces.get(to)
            && !self.unknown.contains(to)
        {
            return Err(Box::new(Refusal::Duplicate {
                object: Object::Schema(to.clone()),
                made: taken.made,
            }));
        }
        self.schema_renamed(name, to);
        self.namespaces.remove(name);
        self.namespaces.insert(to.clone(), there);
        self.move_contents(name, to);
        let fate = Fate::Renamed { to: to.to_string(), by: origin };
        self.past.note(Object::Schema(name.clone()), fate);
        Ok(Vec::new())
    }

    /// Puts all that lies in a schema under its new name.
    fn move_contents(&mut self, from: &Name, to: &Name) {
        rekey(&mut self.tables, |name| moved(name, from, to));
        rekey(&mut self.views, |name| moved(name, from, to));
        rekey(&mut self.sequences, |name| moved(name, from, to));
        rekey(&mut self.types, |name| moved(name, from, to));
        rekey(&mut self.functions, |signature| {
            let name = moved(&signature.name, from, to)?;
            Some(FunctionSignature { name, arguments: signature.arguments.clone() })
        });
        rekey(&mut self.relations, |name| moved(name, from, to));
        for extension in self.extensions.values_mut() {
            if extension.schema.as_ref() == Some(from) {
                extension.schema = Some(to.clone());
            }
        }
    }

    pub(super) fn set_path(&mut self, path: Option<&[Name]>) -> Outcome {
        self.path = path.map_or_else(|| self.own_path.clone(), <[Name]>::to_vec);
        Ok(Vec::new())
    }

    pub(super) fn set_legacy_rename(&mut self, legacy: bool) -> Outcome {
        self.legacy_rename = legacy;
        Ok(Vec::new())
    }
}

fn moved(name: &QualifiedName, from: &Name, to: &Name) -> Option<QualifiedName> {
    (name.schema == *from).then(|| QualifiedName::new(to.clone(), name.name.clone()))
}

/// Puts entries under other keys.
fn rekey<K: Ord + Clone, V: Clone>(map: &mut SharedMap<K, V>, key: impl Fn(&K) -> Option<K>) {
    let changed: Vec<(K, K)> = map.keys().filter_map(|old| Some((old.clone(), key(old)?))).collect();
    for (old, new) in changed {
        if let Some(value) = map.remove(&old) {
            map.insert(new, value);
        }
    }
}
