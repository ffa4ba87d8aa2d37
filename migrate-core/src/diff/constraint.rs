use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, QualifiedName,
    compare::Change,
    operation::{AddConstraint, AlterConstraint, DropConstraint, Operation, RenameConstraint},
    schema::{Constraint, ConstraintKind, Object},
};

impl Plan<'_> {
    pub(super) fn mend_constraint(&mut self, table: &QualifiedName, name: &Name, change: &Change) {
        match change {
            Change::OtherName { actual, .. } => {
                // What is made anew gets its name by that.
                if !self.demands_another(table, name) {
                    self.rename_constraint(table, actual, name);
                }
            }
            Change::Property { property: "validity", expected, .. } if expected == "VALID" => {
                self.alter_constraint(table, name, true);
            }
            Change::Property { property: "deferral", .. } if self.is_foreign_key(table, name) => {
                self.alter_constraint(table, name, false);
            }
            _ => {
                let (drop, create) = sides(change);
                if drop {
                    self.drop_constraint(table, &self.name_now(table, name));
                }
                let wanted = self.to.tables.get(table).and_then(|table| table.constraint(name));
                if let Some(wanted) = wanted.filter(|_| create) {
                    self.add_constraint(table, wanted);
                }
            }
        }
    }

    /// Whether a constraint that both sides have differs in what it demands.
    fn demands_another(&self, table: &QualifiedName, name: &Name) -> bool {
        self.changes(table, name).any(|change| {
            matches!(change, Change::Property { property, .. } if !matches!(*property, "validity" | "deferral"))
        })
    }

    /// What a constraint is called until it is mended.
    fn name_now(&self, table: &QualifiedName, name: &Name) -> Name {
        let actual = self.changes(table, name).find_map(|change| match change {
            Change::OtherName { actual, .. } => Some(actual),
            _ => None,
        });
        let mut names = self.from.tables.get(table).into_iter().flat_map(|table| &table.constraints);
        let known = names
            .find_map(|it| it.name.clone().filter(|known| actual.is_some_and(|actual| *actual == **known)));
        known.unwrap_or_else(|| name.clone())
    }

    fn changes(&self, table: &QualifiedName, name: &Name) -> impl Iterator<Item = &Change> {
        let object = Object::Constraint(table.clone(), name.clone());
        let of_it = self.differences.iter().filter(move |difference| difference.object == object);
        of_it.map(|difference| &difference.change)
    }

    fn is_foreign_key(&self, table: &QualifiedName, name: &Name) -> bool {
        let known = self.from.tables.get(table).and_then(|table| table.constraint(name));
        known.is_some_and(|known| matches!(known.kind, ConstraintKind::ForeignKey(_)))
    }

    fn rename_constraint(&mut self, table: &QualifiedName, from: &str, to: &Name) {
        let names = self.from.tables.get(table).into_iter().flat_map(|table| &table.constraints);
        let Some(constraint) = names.filter_map(|it| it.name.clone()).find(|name| name.as_str() == from)
        else {
            return;
        };
        let rename = RenameConstraint { table: named(table), if_exists: false, constraint, to: to.clone() };
        self.add(Phase::Rename, Operation::RenameConstraint(rename));
    }

    fn alter_constraint(&mut self, table: &QualifiedName, name: &Name, validate: bool) {
        let wanted = self.to.tables.get(table).and_then(|table| table.constraint(name));
        let deferral = wanted.filter(|_| !validate).map(|wanted| wanted.deferral);
        let alter = AlterConstraint {
            table: named(table),
            if_exists: false,
            constraint: name.clone(),
            validate,
            deferral,
        };
        self.add(Phase::AddForeignKey, Operation::AlterConstraint(alter));
    }

    pub(super) fn drop_constraint(&mut self, table: &QualifiedName, name: &Name) {
        let phase =
            if self.is_foreign_key(table, name) { Phase::DropForeignKey } else { Phase::DropConstraint };
        let drop = DropConstraint {
            table: named(table),
            if_exists: false,
            constraint: name.clone(),
            if_constraint_exists: false,
            cascade: false,
        };
        self.add_once(phase, Operation::DropConstraint(drop));
    }

    pub(super) fn add_constraint(&mut self, table: &QualifiedName, constraint: &Constraint) {
        let phase = match constraint.kind {
            ConstraintKind::ForeignKey(_) => Phase::AddForeignKey,
            _ => Phase::AddConstraint,
        };
        let add = AddConstraint {
            table: named(table),
            if_exists: false,
            constraint: constraint.clone(),
            using_index: None,
        };
        self.add_once(phase, Operation::AddConstraint(Box::new(add)));
    }
}
