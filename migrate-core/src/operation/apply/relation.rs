use std::sync::Arc;

use super::{
    Outcome,
    lookup::Lookup,
    target::{Target, duplicate},
};
use crate::{
    Name, ObjectName, QualifiedName, SharedMap,
    operation::{MoveRelation, Refusal, RelationKind, RenameRelation},
    schema::{Fate, Object, ObjectKind, Origin, Relation, Schema},
};

impl Schema {
    pub(super) fn rename_relation(&mut self, operation: &RenameRelation, origin: Origin) -> Outcome {
        let RenameRelation { kind, name, to, if_exists } = operation;
        let from = match self.relation_to_alter(*kind, name, *if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(self.made_elsewhere(to)),
        };
        let to = QualifiedName::new(from.schema.clone(), to.clone());
        if from == to {
            let (object, made) = self.object_of(&from);
            return Err(duplicate(object, made));
        }
        if self.dialect.habits().binds {
            return self.call_relation(&from, &to, origin);
        }
        if !self.tables.contains_key(&from) {
            return Err(self.wrong_kind(&from, "table"));
        }
        self.rechecked(&from.schema, |schema| schema.call_relation(&from, &to, origin))
    }

    pub(super) fn move_relation(&mut self, operation: &MoveRelation, origin: Origin) -> Outcome {
        let MoveRelation { kind, name, to, if_exists } = operation;
        self.check_schema(to)?;
        let from = match self.relation_to_alter(*kind, name, *if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(self.made_elsewhere(&name.name)),
        };
        let moved = |name: &QualifiedName| QualifiedName::new(to.clone(), name.name.clone());
        let along = self.moving_along(&from);
        let moves = self.call_relation(&from, &moved(&from), origin)?;
        for part in along {
            match self.relations.remove(&part) {
                Some(Relation::Sequence) => {
                    self.relations.insert(part.clone(), Relation::Sequence);
                    self.call_relation(&part, &moved(&part), origin)?;
                }
                Some(relation) => {
                    self.relations.insert(moved(&part), relation);
                }
                None => {}
            }
        }
        Ok(moves)
    }

    /// The indexes of a relation, and the sequences of its columns: they lie in its schema.
    fn moving_along(&self, name: &QualifiedName) -> Vec<QualifiedName> {
        let indexes = self.indexes_of(name).into_iter().flat_map(|indexes| indexes.keys().cloned());
        let table = self.tables.get(name);
        let constraints = table.into_iter().flat_map(|table| &table.constraints);
        let constraints = constraints.filter_map(|constraint| constraint.name.clone());
        let parts = indexes.chain(constraints).map(|part| QualifiedName::new(name.schema.clone(), part));
        let is_part = |part: &QualifiedName| matches!(self.relations.get(part), Some(Relation::Index(of) | Relation::Constraint(of)) if of == name);
        let mut parts: Vec<QualifiedName> = parts.filter(is_part).collect();
        parts.extend(self.owned_sequences(name, None));
        parts
    }

    fn relation_to_alter(
        &self,
        kind: RelationKind,
        name: &ObjectName,
        if_exists: bool,
    ) -> Result<Target, Box<Refusal>> {
        let (found, relation) = match self.relation(name) {
            Lookup::Found(found) => found,
            Lookup::Missing => {
                let name = self.new_name(name);
                let object = match kind {
                    RelationKind::Table => Object::Table(name),
                    RelationKind::View => Object::View(name),
                    RelationKind::MaterializedView => Object::MaterializedView(name),
                    RelationKind::Index => Object::Index(name, None),
                    RelationKind::Sequence => Object::Sequence(name),
                };
                return self.nothing(object, if_exists);
            }
            Lookup::Unknown => return Ok(Target::Unknown),
        };
        let is_materialized = self.views.get(&found).map(|view| view.materialized);
        match kind {
            RelationKind::View if is_materialized != Some(false) => Err(self.wrong_kind(&found, "view")),
            RelationKind::MaterializedView if is_materialized != Some(true) => {
                Err(self.wrong_kind(&found, "materialized view"))
            }
            RelationKind::Sequence if relation != Relation::Sequence => {
                Err(self.wrong_kind(&found, "sequence"))
            }
            // `ALTER TABLE` may stand for any, and so may `ALTER INDEX`.
            _ => Ok(Target::Found(found)),
        }
    }

    /// Gives a relation another name, which all that refers to it follows.
    fn call_relation(&mut self, from: &QualifiedName, to: &QualifiedName, origin: Origin) -> Outcome {
        let Some(relation) = self.relations.get(from).cloned() else { return Ok(Vec::new()) };
        if from == to {
            return Ok(Vec::new());
        }
        self.check_relation_is_new(to, ObjectKind::Table, false)?;
        if let Some(user_type) = self.types.get(to).filter(|_| !self.unknown.contains(&to.name))
            && matches!(relation, Relation::Table | Relation::View)
        {
            return Err(duplicate(Object::Type(to.clone()), user_type.made));
        }
        self.forget_relation(to);
        let (object, _) = self.object_of(from);
        self.relations.remove(from);
        self.relations.insert(to.clone(), relation.clone());
        match relation {
            Relation::Table => rekey(&mut self.tables, from, to),
            Relation::View => rekey(&mut self.views, from, to),
            Relation::Sequence => {
                rekey(&mut self.sequences, from, to);
            }
            Relation::Composite => rekey(&mut self.types, from, to),
            Relation::Index(owner) => self.call_index(&owner, &from.name, &to.name),
            Relation::Constraint(owner) => {
                self.call_constraint(&owner, &from.name, &to.name, origin);
                return Ok(Vec::new());
            }
        }
        if self.legacy_rename {
            self.rows_renamed(to);
        }
        if !matches!(object, Object::Index(..)) {
            self.relation_renamed(from, to);
        }
        let object = match object {
            Object::Index(name, _) => Object::Index(name, None),
            object => object,
        };
        self.past.note(object, Fate::Renamed { to: to.to_string(), by: origin });
        Ok(Vec::new())
    }

    fn call_index(&mut self, owner: &QualifiedName, from: &Name, to: &Name) {
        let Some(indexes) = self.indexes_mut(owner) else { return };
        if let Some(mut index) = indexes.remove(from) {
            index.name = to.clone();
            index.named_by_database = false;
            indexes.insert(to.clone(), index);
        }
    }
}

fn rekey<V>(map: &mut SharedMap<QualifiedName, Arc<V>>, from: &QualifiedName, to: &QualifiedName) {
    if let Some(value) = map.remove(from) {
        map.insert(to.clone(), value);
    }
}
