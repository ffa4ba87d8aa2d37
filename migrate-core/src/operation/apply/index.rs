use std::sync::Arc;

use super::{Outcome, lookup::Lookup, target::Target};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{CreateIndex, DropIndex, Refusal},
    schema::{Index, IndexTarget, Object, ObjectKind, Origin, Relation, Schema, Table},
};

impl Schema {
    pub(super) fn create_index(&mut self, operation: &CreateIndex, origin: Origin) -> Outcome {
        let owner = match self.relation(&operation.table) {
            Lookup::Found((found, Relation::Table)) => found,
            Lookup::Found((found, _)) if self.views.get(&found).is_some_and(|view| view.materialized) => {
                found
            }
            Lookup::Found((found, _)) => return Err(self.wrong_kind(&found, "table")),
            Lookup::Missing => return Err(self.missing(Object::Table(self.new_name(&operation.table)))),
            Lookup::Unknown => {
                if let Some(name) = &operation.name {
                    return Ok(self.made_elsewhere(&name.name));
                }
                self.unknown.patterns.push(format!("{}_*_idx*", operation.table.name));
                return Ok(Vec::new());
            }
        };
        if let Some(ObjectName { name, .. }) = &operation.name {
            let name = QualifiedName::new(owner.schema.clone(), name.clone());
            if let Some(notice) =
                self.check_relation_is_new(&name, ObjectKind::Index, operation.if_not_exists)?
            {
                return Ok(vec![notice]);
            }
            self.forget_relation(&name);
        }
        self.make_index(&owner, operation, origin)?;
        for partition in self.partitions(&owner) {
            self.index_partition(&partition, operation, origin)?;
        }
        Ok(Vec::new())
    }

    /// Makes an index of a table or a materialised view.
    fn make_index(
        &mut self,
        owner: &QualifiedName,
        operation: &CreateIndex,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        let mut index = self.new_index(operation, origin);
        if let Some(table) = self.tables.get(owner).map(Arc::clone) {
            self.bind_index(owner, &table, &mut index)?;
        } else if let Some(columns) = self.views.get(owner).and_then(|view| view.columns.as_deref()) {
            let wanted = index.keys.iter().filter_map(|key| match &key.target {
                IndexTarget::Column(column) => Some(column),
                IndexTarget::Expression(_) => None,
            });
            let is_there = |wanted: &&Name| columns.iter().any(|column| column.name == **wanted);
            if let Some(missing) = wanted.chain(&index.include).find(|wanted| !is_there(wanted)) {
                return Err(self.missing(Object::Column(owner.clone(), missing.clone())));
            }
        }
        if operation.name.is_none() {
            let columns = self.key_names(owner, index.keys.iter(), &index.include, "idx");
            index.name = self.new_relation_name(owner, &columns, "idx");
        }
        let name = QualifiedName::new(owner.schema.clone(), index.name.clone());
        self.relations.insert(name, Relation::Index(owner.clone()));
        if let Some(indexes) = self.indexes_mut(owner) {
            indexes.insert(index.name.clone(), index);
        }
        Ok(())
    }

    /// Gives a partition an index that its parent has, unless it has one like it.
    ///
    /// # Errors
    ///
    /// Where the partition certainly lacks a column.
    pub(super) fn index_partition(
        &mut self,
        partition: &QualifiedName,
        operation: &CreateIndex,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        let is_partition = self.tables.get(partition).is_some_and(|table| table.partition.is_some());
        if !is_partition || self.copy_of_index(partition, &self.new_index(operation, origin)).is_some() {
            return Ok(());
        }
        let create = CreateIndex { name: None, ..operation.clone() };
        self.make_index(partition, &create, origin)
    }

    fn new_index(&self, operation: &CreateIndex, origin: Origin) -> Index {
        let name = operation.name.as_ref().map_or_else(|| Name::exact(""), |name| name.name.clone());
        Index {
            name,
            named_by_database: operation.name.is_none(),
            unique: operation.unique,
            method: operation.method.clone(),
            keys: operation.keys.clone(),
            include: operation.include.clone(),
            predicate: operation.predicate.clone(),
            nulls_not_distinct: operation.nulls_not_distinct,
            made: origin,
        }
    }

    fn bind_index(
        &self,
        owner: &QualifiedName,
        table: &Table,
        index: &mut Index,
    ) -> Result<(), Box<Refusal>> {
        for column in &index.include {
            self.check_column(owner, table, column)?;
        }
        let mut expressions = Vec::new();
        for key in &mut index.keys {
            match &mut key.target {
                IndexTarget::Column(column) => self.check_column(owner, table, column)?,
                IndexTarget::Expression(expression) => expressions.push(expression),
            }
        }
        for expression in expressions.into_iter().chain(&mut index.predicate) {
            self.check_names_over(&expression.names, Some((owner, table)))?;
            self.bind_expression(expression);
        }
        Ok(())
    }

    pub(super) fn drop_index(&mut self, operation: &DropIndex, origin: Origin) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in &operation.names {
            match self.relation(name) {
                Lookup::Found((found, Relation::Index(owner))) => {
                    objects.push(Object::Index(found, Some(owner)));
                }
                Lookup::Found((found, Relation::Constraint(owner))) => {
                    let (constraint, made) = self.object_of(&found);
                    let object = Object::Index(found, Some(owner));
                    let dependents = vec![(constraint, made)];
                    return Err(Box::new(Refusal::Dependents { object, dependents }));
                }
                Lookup::Found((found, _)) => return Err(self.wrong_kind(&found, "index")),
                Lookup::Missing => {
                    let object = Object::Index(self.new_name(name), None);
                    if let Target::Nothing(more) = self.nothing(object, operation.if_exists)? {
                        notices.extend(more);
                    }
                }
                Lookup::Unknown => {}
            }
        }
        notices.extend(self.drop_objects(&objects, operation.cascade, origin)?);
        Ok(notices)
    }
}
