//! Tables that have what their parents have: by `INHERITS`, or as partitions.

use super::{Outcome, lookup::Lookup, target::Target};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{CreateIndex, Refusal},
    schema::{Column, Constraint, ConstraintKind, Object, Origin, PartitionBound, Relation, Schema, Table},
};

impl Schema {
    /// The tables that inherit from a table, from one of these, and so on: partitions among them, parents first.
    pub(super) fn descendants(&self, ancestor: &QualifiedName) -> Vec<QualifiedName> {
        let mut found: Vec<QualifiedName> = Vec::new();
        let mut next = Some(ancestor.clone());
        let mut place = 0;
        while let Some(parent) = next {
            let children = self.tables.iter().filter(|(_, table)| table.inherits.contains(&parent));
            let children = children.map(|(name, _)| name).filter(|name| *name != ancestor);
            let children: Vec<QualifiedName> =
                children.filter(|name| !found.contains(name)).cloned().collect();
            found.extend(children);
            next = found.get(place).cloned();
            place += 1;
        }
        found
    }

    /// The descendants of a table that have a column from it alone, and lose it where it goes.
    pub(super) fn heirs(&self, table: &QualifiedName, column: &Name) -> Vec<QualifiedName> {
        let made = |name: &QualifiedName| Some(self.tables.get(name)?.column(column)?.made.0);
        let is_partition =
            |name: &QualifiedName| self.tables.get(name).is_some_and(|its| its.partition.is_some());
        let mut heirs = self.descendants(table);
        heirs.retain(|heir| is_partition(heir) || made(heir) == made(table));
        heirs
    }

    /// Refuses to change a column where it is inherited: it changes with that of the parent.
    ///
    /// # Errors
    ///
    /// Where a parent certainly has it.
    pub(super) fn check_own(
        &self,
        table: &QualifiedName,
        column: &Name,
        verb: &str,
    ) -> Result<(), Box<Refusal>> {
        let Some(its) = self.tables.get(table).filter(|its| its.known) else { return Ok(()) };
        let parents = its.inherits.iter().filter_map(|parent| Some((parent, self.tables.get(parent)?)));
        for (name, parent) in parents.filter(|(_, parent)| parent.known) {
            if let Some(inherited) = parent.column(column) {
                let object = Object::Column(table.clone(), column.clone());
                return Err(Box::new(Refusal::Other {
                    rule: "dependent-objects",
                    message: format!("{object} cannot be {verb}, for it is inherited from `{name}`"),
                    about: Some((Object::Column(name.clone(), column.clone()), inherited.made)),
                }));
            }
        }
        Ok(())
    }

    /// The partitions of a table, and theirs. Of a table that is not partitioned nobody has to look for any.
    pub(super) fn partitions(&self, table: &QualifiedName) -> Vec<QualifiedName> {
        let is_partitioned = self.tables.get(table).is_some_and(|its| its.partitioning.is_some());
        if is_partitioned { self.descendants(table) } else { Vec::new() }
    }

    /// Gives a new table the columns of its parents, and says which checks it has from them.
    ///
    /// # Errors
    ///
    /// Where a parent is certainly not there.
    pub(super) fn inherited(
        &self,
        table: &mut Table,
        parents: &[ObjectName],
    ) -> Result<Vec<Constraint>, Box<Refusal>> {
        let mut checks: Vec<Constraint> = Vec::new();
        for name in parents {
            let found = match self.table_to_alter(name, false)? {
                Target::Found(found) => found,
                Target::Nothing(_) | Target::Unknown => {
                    table.known = false;
                    continue;
                }
            };
            let Some(parent) = self.tables.get(&found) else { continue };
            table.known &= parent.known;
            for column in &parent.columns {
                match table.columns.iter_mut().find(|known| known.name == column.name) {
                    Some(known) => known.not_null |= column.not_null,
                    None => table.columns.push(Column { identity: None, ..column.clone() }),
                }
            }
            for check in parent.constraints.iter().filter(|constraint| is_inherited(constraint)) {
                if checks.iter().all(|known| known.name != check.name) {
                    checks.push(check.clone());
                }
            }
            table.inherits.push(found);
        }
        Ok(checks)
    }

    /// Gives a partition the keys, foreign keys and indexes of its parent, which it does not have yet.
    ///
    /// # Errors
    ///
    /// Where the database would refuse one of them.
    pub(super) fn parts_of_parent(
        &mut self,
        name: &QualifiedName,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        let Some(table) = self.tables.get(name).filter(|table| table.partition.is_some()) else {
            return Ok(());
        };
        let Some(parent) = table.inherits.first().and_then(|parent| self.tables.get(parent)) else {
            return Ok(());
        };
        let (constraints, indexes) = (parent.constraints.clone(), parent.indexes.clone());
        for constraint in constraints {
            self.pass_to_partition(name, &constraint, origin)?;
        }
        for index in indexes.values() {
            self.index_partition(name, &CreateIndex::of(&name.into(), index), origin)?;
        }
        Ok(())
    }

    /// Gives the children of a table a constraint that it has got.
    ///
    /// # Errors
    ///
    /// Where the database would refuse it for one of them.
    pub(super) fn pass_on(
        &mut self,
        parent: &QualifiedName,
        constraint: &Constraint,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        for child in self.descendants(parent) {
            let Some(table) = self.tables.get(&child) else { continue };
            if is_inherited(constraint) {
                let is_there = constraint.name.as_ref().is_some_and(|name| table.constraint(name).is_some());
                if !is_there {
                    self.attach_one(&child, constraint.clone(), origin)?;
                }
            } else if table.partition.is_some() {
                self.pass_to_partition(&child, constraint, origin)?;
            }
        }
        Ok(())
    }

    fn pass_to_partition(
        &mut self,
        partition: &QualifiedName,
        constraint: &Constraint,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        let Some(table) = self.tables.get(partition) else { return Ok(()) };
        if table.constraints.iter().any(|known| known.kind == constraint.kind) {
            return Ok(());
        }
        let name = match &constraint.kind {
            ConstraintKind::Check { .. } | ConstraintKind::NotNull { .. } => return Ok(()),
            // It has the same name, unless that is taken.
            ConstraintKind::ForeignKey(_) => {
                constraint.name.clone().filter(|name| table.constraint(name).is_none())
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Exclude { .. } => None,
        };
        let named_by_database = constraint.named_by_database || name.is_none();
        let constraint = Constraint { name, named_by_database, ..constraint.clone() };
        self.attach_one(partition, constraint, origin)?;
        Ok(())
    }

    /// `INHERIT`.
    pub(super) fn inherit(&mut self, name: &QualifiedName, parent: &ObjectName) -> Outcome {
        match self.table_to_alter(parent, false)? {
            Target::Found(parent) => {
                if let Some(table) = self.table_mut(name)
                    && !table.inherits.contains(&parent)
                {
                    table.inherits.push(parent);
                }
            }
            Target::Nothing(_) | Target::Unknown => {}
        }
        Ok(Vec::new())
    }

    /// `NO INHERIT`.
    pub(super) fn disinherit(&mut self, name: &QualifiedName, parent: &ObjectName) -> Outcome {
        if let Target::Found(parent) = self.table_to_alter(parent, false)?
            && let Some(table) = self.table_mut(name)
        {
            table.inherits.retain(|known| *known != parent);
        }
        Ok(Vec::new())
    }

    /// `ATTACH PARTITION` of a table, or of an index, of which nothing is kept.
    pub(super) fn attach_partition(
        &mut self,
        parent: &QualifiedName,
        partition: &ObjectName,
        bound: &PartitionBound,
        origin: Origin,
    ) -> Outcome {
        let found = match self.table_to_alter(partition, false)? {
            Target::Found(found) => found,
            Target::Nothing(_) | Target::Unknown => return Ok(Vec::new()),
        };
        if let Some(table) = self.table_mut(&found) {
            table.inherits = vec![parent.clone()];
            table.partition = Some(bound.clone());
        }
        self.parts_of_parent(&found, origin)?;
        Ok(Vec::new())
    }

    /// `DETACH PARTITION`: what the partition has from its parent stays.
    pub(super) fn detach_partition(&mut self, parent: &QualifiedName, partition: &ObjectName) -> Outcome {
        match self.relation(partition) {
            Lookup::Found((found, Relation::Table)) => {
                let Some(table) = self.table_mut(&found) else { return Ok(Vec::new()) };
                table.inherits.retain(|known| known != parent);
                table.partition = None;
            }
            Lookup::Missing => return Err(self.missing(Object::Table(self.new_name(partition)))),
            Lookup::Found(_) | Lookup::Unknown => {}
        }
        Ok(Vec::new())
    }
}

/// Whether children have a constraint as their parent has it.
pub(super) const fn is_inherited(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::Check { no_inherit: false, .. })
}
