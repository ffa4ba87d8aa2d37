use super::{
    definition,
    phase::Phase,
    plan::{Plan, named},
};
use crate::{
    QualifiedName,
    compare::Change,
    operation::{AlterTable, CreateTable, DropTable, Operation, RelationKind, TableChange},
    schema::{ConstraintKind, Object, Persistence, Table},
};

impl Plan<'_> {
    pub(super) fn mend_table(&mut self, name: &QualifiedName, change: &Change) {
        match (change, self.from.tables.get(name), self.to.tables.get(name)) {
            (Change::Missing { .. }, _, Some(wanted)) => self.create_table(name, wanted),
            (Change::LeftOver { .. }, ..) => self.drop_table(name),
            (Change::Property { property, .. }, Some(known), Some(wanted)) => {
                self.alter_table(name, property, known, wanted);
            }
            _ => {}
        }
    }

    /// All tables at once, so that those that refer to each other keep none.
    fn drop_table(&mut self, name: &QualifiedName) {
        self.let_go(name);
        let is_first = |table: &QualifiedName| {
            !self.differences.iter().any(|difference| {
            matches!((&difference.object, &difference.change), (Object::Table(other), Change::LeftOver { .. }) if other < table)
        })
        };
        if !is_first(name) {
            return;
        }
        let names =
            self.differences.iter().filter_map(|difference| match (&difference.object, &difference.change) {
                (Object::Table(table), Change::LeftOver { .. }) => Some(named(table)),
                _ => None,
            });
        let drop = DropTable { names: names.collect(), if_exists: false, cascade: false };
        self.add(Phase::DropTable, Operation::DropTable(drop));
    }

    /// Drops the foreign keys of a table that is about to go, where a key that they refer to goes before it.
    fn let_go(&mut self, name: &QualifiedName) {
        let Some(known) = self.from.tables.get(name).filter(|_| self.from.dialect.habits().guards_drops)
        else {
            return;
        };
        for constraint in &known.constraints {
            let (ConstraintKind::ForeignKey(key), Some(own)) = (&constraint.kind, &constraint.name) else {
                continue;
            };
            let changes = self.differences.iter().any(|difference| match &difference.object {
                Object::Constraint(table, _) | Object::Column(table, _) => named(table) == key.table,
                _ => false,
            });
            if changes {
                self.drop_constraint(name, own);
            }
        }
    }

    fn create_table(&mut self, name: &QualifiedName, wanted: &Table) {
        let definition = definition::table(self.to, name, wanted);
        for column in &wanted.columns {
            if !definition::is_serial(self.to, name, column) {
                self.sequences_of(name, column);
            }
        }
        let create = CreateTable { name: named(name), if_not_exists: false, definition };
        self.add(Phase::CreateTable, Operation::CreateTable(Box::new(create)));
        for constraint in &wanted.constraints {
            if definition::is_added(self.to, wanted, constraint) {
                self.add_constraint(name, constraint);
            }
        }
        for index in wanted.indexes.values() {
            self.create_index(name, index, Phase::CreateIndex);
        }
        if let (Some(bound), Some(parent)) = (&wanted.partition, wanted.inherits.first()) {
            let (partition, bound) = (named(name), bound.clone());
            self.change_table(
                Phase::AttachPartition,
                parent,
                TableChange::AttachPartition { partition, bound },
            );
        }
        self.row_security(name, wanted);
        for (trigger, wanted) in &wanted.triggers {
            self.create_trigger(name, trigger, wanted);
        }
        for (policy, wanted) in &wanted.policies {
            self.create_policy(name, policy, wanted);
        }
    }

    fn row_security(&mut self, name: &QualifiedName, wanted: &Table) {
        if wanted.row_security {
            self.change_table(Phase::AlterColumn, name, TableChange::RowSecurity(true));
        }
        if wanted.force_row_security {
            self.change_table(Phase::AlterColumn, name, TableChange::ForceRowSecurity(true));
        }
    }

    fn alter_table(&mut self, name: &QualifiedName, property: &str, known: &Table, wanted: &Table) {
        match property {
            "row level security" => {
                self.change_table(Phase::AlterColumn, name, TableChange::RowSecurity(wanted.row_security));
            }
            "row level security of its owner" => {
                let change = TableChange::ForceRowSecurity(wanted.force_row_security);
                self.change_table(Phase::AlterColumn, name, change);
            }
            "persistence" => {
                let unlogged = wanted.persistence == Persistence::Unlogged;
                let persistence = if unlogged { Persistence::Unlogged } else { Persistence::Permanent };
                self.change_table(Phase::AlterColumn, name, TableChange::Persistence(persistence));
            }
            "parent" | "partition bound" => self.change_parents(name, known, wanted),
            _ => {}
        }
    }

    fn change_parents(&mut self, name: &QualifiedName, known: &Table, wanted: &Table) {
        match (&known.partition, known.inherits.first()) {
            (Some(_), Some(parent)) => {
                self.change_table(Phase::DropTable, parent, TableChange::DetachPartition(named(name)));
            }
            _ => {
                for parent in known.inherits.iter().filter(|parent| !wanted.inherits.contains(parent)) {
                    self.change_table(Phase::DropTable, name, TableChange::NoInherit(named(parent)));
                }
            }
        }
        match (&wanted.partition, wanted.inherits.first()) {
            (Some(bound), Some(parent)) => {
                let (partition, bound) = (named(name), bound.clone());
                let attach = TableChange::AttachPartition { partition, bound };
                self.change_table(Phase::AttachPartition, parent, attach);
            }
            _ => {
                for parent in wanted.inherits.iter().filter(|parent| !known.inherits.contains(parent)) {
                    self.change_table(Phase::AttachPartition, name, TableChange::Inherit(named(parent)));
                }
            }
        }
    }

    fn change_table(&mut self, phase: Phase, name: &QualifiedName, change: TableChange) {
        let (table, kind) = (named(name), RelationKind::Table);
        let alter = AlterTable { table, kind, if_exists: false, change };
        self.add_once(phase, Operation::AlterTable(alter));
    }
}
