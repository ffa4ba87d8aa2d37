use std::collections::BTreeSet;

use super::phase::Phase;
use crate::{
    ObjectName, QualifiedName, Schema,
    compare::{Change, Difference},
    operation::Operation,
    schema::Object,
};

/// The operations that were found to be needed.
pub(super) struct Plan<'s> {
    pub(super) from: &'s Schema,
    pub(super) to: &'s Schema,
    pub(super) differences: &'s [Difference],
    /// Tables that are made anew with their rows, where the database changes no column in place.
    pub(super) rebuilt: BTreeSet<QualifiedName>,
    /// Enums that are made anew, and the tables whose columns go over to them.
    pub(super) remade_enums: BTreeSet<QualifiedName>,
    pub(super) retyped: BTreeSet<QualifiedName>,
    /// Views that are dropped and made again, or dropped for good, or made.
    pub(super) dropped_views: BTreeSet<QualifiedName>,
    pub(super) made_views: BTreeSet<QualifiedName>,
    operations: Vec<(Phase, Operation)>,
}

impl<'s> Plan<'s> {
    pub(super) fn new(from: &'s Schema, to: &'s Schema, differences: &'s [Difference]) -> Self {
        Self {
            from,
            to,
            differences,
            rebuilt: super::rebuild::tables(from, to, differences),
            remade_enums: BTreeSet::new(),
            retyped: BTreeSet::new(),
            dropped_views: BTreeSet::new(),
            made_views: BTreeSet::new(),
            operations: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, phase: Phase, operation: Operation) {
        self.operations.push((phase, operation));
    }

    /// Of an object of which several properties may differ.
    pub(super) fn add_once(&mut self, phase: Phase, operation: Operation) {
        if !self.operations.iter().any(|(_, known)| *known == operation) {
            self.add(phase, operation);
        }
    }

    pub(super) fn into_operations(mut self) -> Vec<Operation> {
        self.operations.sort_by_key(|(phase, _)| *phase);
        self.operations.into_iter().map(|(_, operation)| operation).collect()
    }

    pub(super) fn mend(&mut self, difference: &Difference) {
        let change = &difference.change;
        match &difference.object {
            Object::Schema(name) => self.mend_schema(name, change),
            Object::Extension(name) => self.mend_extension(name, change),
            Object::Type(name) => self.mend_type(name, change),
            Object::EnumValue(name, value) => self.mend_value(name, value, change),
            Object::Sequence(name) => self.mend_sequence(name, change),
            Object::Table(name) => self.mend_table(name, change),
            Object::Column(table, name) | Object::Default(table, name) if !self.rebuilt.contains(table) => {
                self.mend_column(table, name, change);
            }
            Object::Constraint(owner, name) if self.to.types.contains_key(owner) => {
                self.mend_check(owner, name, change);
            }
            Object::Constraint(table, name) if !self.rebuilt.contains(table) => {
                self.mend_constraint(table, name, change);
            }
            Object::Index(name, Some(table)) => self.mend_index(table, &name.name, change),
            Object::View(name) | Object::MaterializedView(name) => self.mend_view(name, change),
            Object::Function(signature) => self.mend_function(signature, change),
            Object::Trigger(table, name) => self.mend_trigger(table, name, change),
            Object::Policy(table, name) => self.mend_policy(table, name, change),
            Object::Column(..)
            | Object::Default(..)
            | Object::Constraint(..)
            | Object::Index(_, None)
            | Object::FunctionNamed(_) => {}
        }
    }
}

/// Which of the two an object that differs has to be: dropped, made.
pub(super) const fn sides(change: &Change) -> (bool, bool) {
    match change {
        Change::Missing { .. } => (false, true),
        Change::LeftOver { .. } => (true, false),
        Change::Property { .. } => (true, true),
        Change::OtherName { .. } | Change::ColumnOrder => (false, false),
    }
}

/// The name as operations have it.
pub(super) fn named(name: &QualifiedName) -> ObjectName {
    ObjectName::from(name)
}
