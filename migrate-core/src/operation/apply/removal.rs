//! Taking objects out of the schema, with the parts that go along by themselves. Nothing is asked here.

use std::{collections::BTreeMap, sync::Arc};

use super::inherit::is_inherited;
use crate::{
    Name, QualifiedName,
    schema::{
        Constraint, ConstraintKind, ExcludeElement, Expression, Fate, Index, IndexKey, IndexTarget, Object,
        Origin, Relation, Schema, Table,
    },
};

impl Schema {
    /// The table of this name, to be changed.
    pub(super) fn table_mut(&mut self, name: &QualifiedName) -> Option<&mut Table> {
        self.tables.get_mut(name).map(Arc::make_mut)
    }

    /// The indexes of a table or a materialised view.
    pub(super) fn indexes_of(&self, owner: &QualifiedName) -> Option<&BTreeMap<Name, Index>> {
        let of_table = self.tables.get(owner).map(|table| &table.indexes);
        of_table.or_else(|| self.views.get(owner).map(|view| &view.indexes))
    }

    /// The same, to be changed.
    pub(super) fn indexes_mut(&mut self, owner: &QualifiedName) -> Option<&mut BTreeMap<Name, Index>> {
        if self.tables.contains_key(owner) {
            return self.table_mut(owner).map(|table| &mut table.indexes);
        }
        self.views.get_mut(owner).map(|view| &mut Arc::make_mut(view).indexes)
    }

    /// A table, with its indexes and constraints, the sequences of its columns, and its partitions.
    pub(super) fn remove_table(&mut self, name: &QualifiedName, origin: Origin) {
        let mut left = vec![name.clone()];
        while let Some(name) = left.pop() {
            let Some(table) = self.tables.remove(&name) else { continue };
            self.relations.remove(&name);
            for index in table.indexes.keys() {
                self.forget_index(&QualifiedName::new(name.schema.clone(), index.clone()), origin);
            }
            for constraint in table.constraints.iter().filter_map(|constraint| constraint.name.as_ref()) {
                self.forget_constraint(&name, constraint, origin);
            }
            for sequence in self.owned_sequences(&name, None) {
                self.remove_sequence(&sequence, origin);
            }
            let is_partition = |its: &Table| its.partition.is_some() && its.inherits.contains(&name);
            let partitions = self.tables.iter().filter(|(_, its)| is_partition(its));
            left.extend(partitions.map(|(partition, _)| partition.clone()));
            self.past.note(Object::Table(name), Fate::Dropped(origin));
        }
    }

    /// A column, with the constraints and indexes that it is a part of, and its sequences. Children that have it from
    /// here alone lose it as well.
    pub(super) fn remove_column(&mut self, table: &QualifiedName, column: &Name, origin: Origin) {
        for heir in self.heirs(table, column) {
            self.remove_own_column(&heir, column, origin);
        }
        self.remove_own_column(table, column, origin);
    }

    fn remove_own_column(&mut self, table: &QualifiedName, column: &Name, origin: Origin) {
        let Some(its) = self.tables.get(table) else { return };
        let constraints: Vec<Name> = its
            .constraints
            .iter()
            .filter(|constraint| uses_column(&constraint.kind, column))
            .filter_map(|constraint| constraint.name.clone())
            .collect();
        let indexes = its.indexes.values().filter(|index| index_uses_column(index, column));
        let indexes: Vec<Name> = indexes.map(|index| index.name.clone()).collect();
        for constraint in constraints {
            self.remove_own_constraint(table, &constraint, origin);
        }
        for index in indexes {
            self.remove_own_index(&QualifiedName::new(table.schema.clone(), index), origin);
        }
        for sequence in self.owned_sequences(table, Some(column)) {
            self.remove_sequence(&sequence, origin);
        }
        if let Some(its) = self.table_mut(table) {
            its.columns.retain(|known| known.name != *column);
            // Those without a name.
            its.constraints.retain(|constraint| {
                !uses_column(&constraint.kind, column) && constraint.column.as_ref() != Some(column)
            });
        }
        self.past.note(Object::Column(table.clone(), column.clone()), Fate::Dropped(origin));
    }

    /// A constraint, with its index. What children have from it goes as well.
    pub(super) fn remove_constraint(&mut self, table: &QualifiedName, name: &Name, origin: Origin) {
        let Some(constraint) = self.tables.get(table).and_then(|its| its.constraint(name)).cloned() else {
            return;
        };
        for descendant in self.descendants(table) {
            let Some(its) = self.tables.get(&descendant) else { continue };
            let is_copy = |known: &&Constraint| {
                known.kind == constraint.kind && (its.partition.is_some() || is_inherited(known))
            };
            if let Some(copy) = its.constraints.iter().find(is_copy).and_then(|known| known.name.clone()) {
                self.remove_own_constraint(&descendant, &copy, origin);
            }
        }
        self.remove_own_constraint(table, name, origin);
    }

    fn remove_own_constraint(&mut self, table: &QualifiedName, name: &Name, origin: Origin) {
        if let Some(its) = self.table_mut(table) {
            its.constraints.retain(|constraint| constraint.name.as_ref() != Some(name));
        }
        self.forget_constraint(table, name, origin);
    }

    /// An index of a table or a materialised view, with those that partitions have from it.
    pub(super) fn remove_index(&mut self, index: &QualifiedName, origin: Origin) {
        if let Some(Relation::Index(owner)) = self.relations.get(index).cloned()
            && let Some(its) = self.indexes_of(&owner).and_then(|indexes| indexes.get(&index.name)).cloned()
        {
            for descendant in self.partitions(&owner) {
                let copy = self.copy_of_index(&descendant, &its).map(|copy| copy.name.clone());
                if let Some(copy) = copy {
                    self.remove_own_index(&QualifiedName::new(descendant.schema.clone(), copy), origin);
                }
            }
        }
        self.remove_own_index(index, origin);
    }

    /// The index of a partition that it has from its parent.
    pub(super) fn copy_of_index(&self, partition: &QualifiedName, index: &Index) -> Option<&Index> {
        let table = self.tables.get(partition).filter(|table| table.partition.is_some())?;
        table.indexes.values().find(|known| {
            let alike = Index {
                name: known.name.clone(),
                named_by_database: known.named_by_database,
                ..index.clone()
            };
            **known == alike
        })
    }

    fn remove_own_index(&mut self, index: &QualifiedName, origin: Origin) {
        if let Some(Relation::Index(owner)) = self.relations.get(index).cloned()
            && let Some(indexes) = self.indexes_mut(&owner)
        {
            indexes.remove(&index.name);
        }
        self.forget_index(index, origin);
    }

    /// A sequence.
    pub(super) fn remove_sequence(&mut self, sequence: &QualifiedName, origin: Origin) {
        self.sequences.remove(sequence);
        self.relations.remove(sequence);
        self.past.note(Object::Sequence(sequence.clone()), Fate::Dropped(origin));
    }

    /// The default of a column.
    pub(super) fn remove_default(&mut self, table: &QualifiedName, column: &Name) {
        let columns = self.table_mut(table).into_iter().flat_map(|table| &mut table.columns);
        for column in columns.filter(|known| known.name == *column) {
            column.default = None;
        }
    }

    /// The sequences that end with a table, or with one of its columns.
    pub(super) fn owned_sequences(&self, table: &QualifiedName, column: Option<&Name>) -> Vec<QualifiedName> {
        let is_owner = |(owner, its): &(QualifiedName, Name)| {
            owner == table && column.is_none_or(|column| column == its)
        };
        let all = self.sequences.iter();
        let owned = all.filter(|(_, sequence)| sequence.owned_by.as_ref().is_some_and(is_owner));
        owned.map(|(name, _)| name.clone()).collect()
    }

    fn forget_index(&mut self, index: &QualifiedName, origin: Origin) {
        self.relations.remove(index);
        self.past.note(Object::Index(index.clone(), None), Fate::Dropped(origin));
    }

    fn forget_constraint(&mut self, table: &QualifiedName, name: &Name, origin: Origin) {
        let index = QualifiedName::new(table.schema.clone(), name.clone());
        if matches!(self.relations.get(&index), Some(Relation::Constraint(owner)) if owner == table) {
            self.relations.remove(&index);
        }
        self.past.note(Object::Constraint(table.clone(), name.clone()), Fate::Dropped(origin));
    }
}

/// Whether a constraint is one of this column, and so goes with it.
pub(super) fn uses_column(kind: &ConstraintKind, column: &Name) -> bool {
    match kind {
        ConstraintKind::PrimaryKey { columns, include } | ConstraintKind::Unique { columns, include, .. } => {
            columns.contains(column) || include.contains(column)
        }
        ConstraintKind::ForeignKey(key) => key.columns.contains(column),
        ConstraintKind::Check { expression, .. } => names_column(expression, column),
        ConstraintKind::Exclude { elements, predicate, include, .. } => {
            elements.iter().any(|ExcludeElement { key, .. }| key_uses_column(key, column))
                || predicate.as_ref().is_some_and(|predicate| names_column(predicate, column))
                || include.contains(column)
        }
        ConstraintKind::NotNull { column: its } => its == column,
    }
}

/// Whether an index goes with this column.
pub(super) fn index_uses_column(index: &Index, column: &Name) -> bool {
    index.keys.iter().any(|key| key_uses_column(key, column))
        || index.include.contains(column)
        || index.predicate.as_ref().is_some_and(|predicate| names_column(predicate, column))
}

fn key_uses_column(key: &IndexKey, column: &Name) -> bool {
    match &key.target {
        IndexTarget::Column(name) => name == column,
        IndexTarget::Expression(expression) => names_column(expression, column),
    }
}

/// Whether an expression over a table names one of its columns.
pub(super) fn names_column(expression: &Expression, column: &Name) -> bool {
    let scope = expression.names.scopes.first();
    scope.is_some_and(|scope| {
        scope.columns.iter().any(|used| used.name == *column) || scope.maybe_columns.contains(column)
    })
}
