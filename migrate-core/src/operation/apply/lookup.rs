use crate::{
    Name, ObjectName, QualifiedName, did_you_mean,
    operation::Refusal,
    schema::{Column, DataType, Object, Origin, Relation, Schema, Table},
};

/// What became of the search for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It is certainly not there.
    Missing,
    /// Nobody can tell.
    Unknown,
}

impl Schema {
    /// What a name in the namespace of tables stands for.
    pub(super) fn relation(&self, name: &ObjectName) -> Lookup<(QualifiedName, Relation)> {
        let temporary = Name::exact(self.dialect.habits().temporary_schema);
        let schemas = match &name.schema {
            Some(schema) => vec![schema],
            None => std::iter::once(&temporary).chain(&self.path).collect(),
        };
        let mut all = schemas.into_iter().filter_map(|schema| {
            let name = QualifiedName::new(schema.clone(), name.name.clone());
            self.relations.get(&name).map(|relation| (name, relation.clone()))
        });
        let mut found = all.next();
        // On SQLite an index is in nobody's way, where it lies in another schema.
        if !self.dialect.habits().binds && matches!(found, Some((_, Relation::Index(_)))) {
            found = all.find(|(_, relation)| !matches!(relation, Relation::Index(_))).or(found);
        }
        match found {
            Some(found) => Lookup::Found(found),
            None if self.may_have_relation(name, &temporary) => Lookup::Unknown,
            None => Lookup::Missing,
        }
    }

    /// Whether a relation may be there that no statement made.
    fn may_have_relation(&self, name: &ObjectName, temporary: &Name) -> bool {
        let is_foreign = match &name.schema {
            Some(schema) => {
                let is_there = self.namespaces.contains_key(schema) || schema == temporary;
                self.is_foreign(schema) || (!is_there && !self.extensions.is_empty())
            }
            None => {
                self.dialect.owns_relation(&name.name)
                    || self.path.iter().any(|schema| self.is_foreign(schema))
            }
        };
        is_foreign
            || self.unknown.contains(&name.name)
            || self.may_be_made_along(&name.name)
            || self.extensions.keys().any(|extension| self.dialect.extension_has_relations(extension))
    }

    /// Whether a name is one that the database would make along with a table of which nothing is known: `t_id_seq`.
    fn may_be_made_along(&self, name: &Name) -> bool {
        const LABELS: [&str; 5] = ["_seq", "_idx", "_key", "_pkey", "_excl"];
        let name = name.identity();
        let unnumbered = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let beginnings = || name.match_indices('_').filter_map(|(end, _)| name.get(..end));
        LABELS.iter().any(|label| unnumbered.ends_with(label))
            && beginnings().any(|beginning| self.unknown.contains(&Name::exact(beginning)))
    }

    /// Whether nobody knows what lies in a schema: it belongs to the database, or to others.
    pub(super) fn is_foreign(&self, schema: &Name) -> bool {
        self.dialect.owns_schema(schema) || self.unknown.contains(schema) || {
            // SQLite's further schemas are files that a script attaches.
            !self.dialect.capabilities().schemas
                && !self.namespaces.contains_key(schema)
                && schema.identity() != self.dialect.habits().temporary_schema
        }
    }

    /// The type that a name stands for, among those that the history made and that its tables imply.
    pub(super) fn type_named(&self, name: &ObjectName) -> Lookup<QualifiedName> {
        let has_type = |schema: &&Name| {
            let name = QualifiedName::new((**schema).clone(), name.name.clone());
            self.types.contains_key(&name)
                || self.tables.contains_key(&name)
                || self.views.contains_key(&name)
        };
        let is_built_in = name.schema.is_none() && self.dialect.has_type(&name.name);
        let schemas = name.schema.as_ref().map_or(self.path.as_slice(), std::slice::from_ref);
        match schemas.iter().find(has_type) {
            _ if is_built_in => Lookup::Unknown,
            Some(schema) => Lookup::Found(QualifiedName::new(schema.clone(), name.name.clone())),
            None if self.unknown.contains(&name.name)
                || !self.extensions.is_empty()
                || self.path.iter().chain(&name.schema).any(|schema| self.is_foreign(schema)) =>
            {
                Lookup::Unknown
            }
            None => Lookup::Missing,
        }
    }

    /// Refuses a type that is certainly not there.
    ///
    /// # Errors
    ///
    /// Where there is no such type.
    pub(super) fn check_type(&self, data_type: &DataType) -> Result<(), Box<Refusal>> {
        // An array can be named by its element: `_status`.
        let name = &data_type.name;
        let element = name.name.strip_prefix('_').map(Name::exact);
        let element = element.map(|element| ObjectName { schema: name.schema.clone(), name: element });
        match (self.type_named(name), element.map(|element| self.type_named(&element))) {
            (Lookup::Missing, None | Some(Lookup::Missing)) => {
                Err(self.missing(Object::Type(self.new_name(name))))
            }
            _ => Ok(()),
        }
    }

    /// Where an object of this name would be made.
    pub(super) fn new_name(&self, name: &ObjectName) -> QualifiedName {
        let path = || self.path.first().cloned().unwrap_or_else(|| self.dialect.default_schema());
        QualifiedName::new(name.schema.clone().unwrap_or_else(path), name.name.clone())
    }

    /// Where a temporary object of this name would be made.
    pub(super) fn temporary_name(&self, name: &Name) -> QualifiedName {
        QualifiedName::new(Name::exact(self.dialect.habits().temporary_schema), name.clone())
    }

    /// The object that has a name in the namespace of tables, and the statement that made it.
    pub(super) fn object_of(&self, name: &QualifiedName) -> (Object, Origin) {
        let nowhere = Origin::NONE;
        match self.relations.get(name) {
            Some(Relation::View) => {
                let view = self.views.get(name);
                let object = match view {
                    Some(view) if view.materialized => Object::MaterializedView(name.clone()),
                    _ => Object::View(name.clone()),
                };
                (object, view.map_or(nowhere, |view| view.made))
            }
            Some(Relation::Sequence) => {
                let made = self.sequences.get(name).map_or(nowhere, |sequence| sequence.made);
                (Object::Sequence(name.clone()), made)
            }
            Some(Relation::Composite) => {
                let made = self.types.get(name).map_or(nowhere, |user_type| user_type.made);
                (Object::Type(name.clone()), made)
            }
            Some(Relation::Index(owner)) => {
                let made = self.indexes_of(owner).and_then(|indexes| indexes.get(&name.name));
                let object = Object::Index(name.clone(), Some(owner.clone()));
                (object, made.map_or(nowhere, |index| index.made))
            }
            Some(Relation::Constraint(owner)) => {
                let table = self.tables.get(owner);
                let made = table.and_then(|table| table.constraint(&name.name));
                let object = Object::Constraint(owner.clone(), name.name.clone());
                (object, made.map_or(nowhere, |constraint| constraint.made))
            }
            Some(Relation::Table) | None => {
                let made = self.tables.get(name).map_or(nowhere, |table| table.made);
                (Object::Table(name.clone()), made)
            }
        }
    }

    /// The column of a table; unknown where the table may have one that is not listed.
    pub(super) fn column_of<'t>(&self, table: &'t Table, name: &Name) -> Lookup<&'t Column> {
        match table.column(name) {
            Some(column) => Lookup::Found(column),
            None if table.known => Lookup::Missing,
            None => Lookup::Unknown,
        }
    }

    /// Whether a table has a column that nobody declared: the number of a row, which SQLite's have unless they are
    /// `WITHOUT ROWID`.
    pub(super) fn hides_column(&self, table: &Table, name: &Name) -> bool {
        !table.without_rowid && self.dialect.habits().hidden_columns.contains(&name.identity())
    }

    /// The refusal of an object that is not there: what became of it, and what looks alike.
    pub(super) fn missing(&self, object: Object) -> Box<Refusal> {
        let known = match &object {
            Object::Index(name, Some(_)) => self.past.of(&Object::Index(name.clone(), None)),
            object => self.past.of(object),
        };
        let similar = did_you_mean(object.name(), self.alike(&object)).map(str::to_owned);
        Box::new(Refusal::Unknown { fate: known.cloned(), object, similar })
    }

    /// The names of the objects that could have been meant.
    fn alike<'s>(&'s self, object: &'s Object) -> Vec<&'s str> {
        match object {
            Object::Table(_) | Object::View(_) | Object::MaterializedView(_) => {
                self.tables.keys().chain(self.views.keys()).map(|name| &*name.name).collect()
            }
            Object::Sequence(_) => self.sequences.keys().map(|name| &*name.name).collect(),
            Object::Type(_) => self.types.keys().map(|name| &*name.name).collect(),
            Object::Function(_) | Object::FunctionNamed(_) => {
                self.functions.keys().map(|signature| &*signature.name.name).collect()
            }
            Object::Index(..) => {
                let is_index = |relation: &Relation| matches!(relation, Relation::Index(_));
                let all = self.relations.iter();
                all.filter(|(_, relation)| is_index(relation)).map(|(name, _)| &*name.name).collect()
            }
            Object::Column(owner, _) | Object::Default(owner, _) => {
                let of_view = self.views.get(owner).and_then(|view| view.columns.as_deref());
                let of_table = self.tables.get(owner).map(|table| table.columns.as_slice());
                let of_view = of_view.unwrap_or_default().iter().map(|column| &*column.name);
                of_view.chain(of_table.unwrap_or_default().iter().map(|column| &*column.name)).collect()
            }
            Object::Constraint(owner, _) => {
                let constraints = self.tables.get(owner).map(|table| table.constraints.as_slice());
                constraints.unwrap_or_default().iter().filter_map(|its| its.name.as_deref()).collect()
            }
            Object::Trigger(owner, _) => {
                let of_table = self.tables.get(owner).map(|table| &table.triggers);
                let all = of_table.or_else(|| self.views.get(owner).map(|view| &view.triggers));
                all.into_iter().flat_map(|triggers| triggers.keys()).map(|name| &**name).collect()
            }
            Object::Policy(owner, _) => {
                let policies = self.tables.get(owner).map(|table| &table.policies);
                policies.into_iter().flat_map(|policies| policies.keys()).map(|name| &**name).collect()
            }
            Object::EnumValue(owner, _) => match self.types.get(owner).map(|owner| &owner.kind) {
                Some(crate::schema::UserTypeKind::Enum(values)) => {
                    values.iter().map(String::as_str).collect()
                }
                _ => Vec::new(),
            },
            Object::Schema(_) => self.namespaces.keys().map(|name| &**name).collect(),
            Object::Extension(_) => self.extensions.keys().map(|name| &**name).collect(),
        }
    }
}
