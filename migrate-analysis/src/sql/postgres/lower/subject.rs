use migrate_core::{
    Name, ObjectName,
    operation::{ColumnDefinition, FunctionChange, Operation, TableChange, TypeChange},
    schema::{Constraint, ConstraintKind, IndexKey, IndexTarget, Reach},
};

use super::{dynamic::HOLE, name::folded};

/// Adds the objects that may look different after an operation of which nobody knows whether it is carried out; without
/// what is part of a table.
pub(super) fn add_subjects(reach: &mut Reach, operation: &Operation) {
    Subjects { reach }.add(operation);
}

struct Subjects<'r> {
    reach: &'r mut Reach,
}

impl Subjects<'_> {
    fn add(&mut self, operation: &Operation) {
        match operation {
            Operation::CreateTable(create) => {
                self.name(&create.name);
                create.definition.columns.iter().for_each(|column| self.column(&create.name, column));
                create.definition.constraints.iter().for_each(|it| self.constraint(&create.name, it));
            }
            Operation::AddColumn(add) => {
                self.name(&add.table);
                self.column(&add.table, &add.definition);
            }
            Operation::AddConstraint(add) => {
                self.name(&add.table);
                self.constraint(&add.table, &add.constraint);
                self.reach.names.extend(add.using_index.clone());
            }
            Operation::CreateIndex(create) => {
                self.name(&create.table);
                match &create.name {
                    Some(name) => self.name(name),
                    None => self.generated(&create.table, &key_names(&create.keys), "idx"),
                }
            }
            Operation::AlterTable(alter) => {
                self.name(&alter.table);
                match &alter.change {
                    TableChange::AttachPartition { partition: other, .. }
                    | TableChange::DetachPartition(other)
                    | TableChange::Inherit(other)
                    | TableChange::NoInherit(other) => self.name(other),
                    TableChange::RowSecurity(_)
                    | TableChange::ForceRowSecurity(_)
                    | TableChange::Persistence(_)
                    | TableChange::Nothing => {}
                }
            }
            Operation::RenameRelation(rename) => {
                self.name(&rename.name);
                self.reach.names.insert(rename.to.clone());
            }
            Operation::RenameConstraint(rename) => {
                self.name(&rename.table);
                self.within(&rename.constraint);
                self.within(&rename.to);
            }
            Operation::DropConstraint(drop) => {
                self.name(&drop.table);
                self.within(&drop.constraint);
                self.reach.everything |= drop.cascade;
            }
            Operation::DropColumn(drop) => {
                self.name(&drop.table);
                self.reach.everything |= drop.cascade;
            }
            Operation::RenameColumn(rename) => self.name(&rename.table),
            Operation::AlterColumn(alter) => self.name(&alter.table),
            Operation::AlterConstraint(alter) => self.name(&alter.table),
            Operation::EnableTrigger(enable) => self.name(&enable.table),
            Operation::DropTable(drop) => self.dropped(&drop.names, drop.cascade),
            Operation::DropIndex(drop) => self.dropped(&drop.names, drop.cascade),
            Operation::DropView(drop) => self.dropped(&drop.names, drop.cascade),
            Operation::DropSequence(drop) => self.dropped(&drop.names, drop.cascade),
            Operation::DropType(drop) => self.dropped(&drop.names, drop.cascade),
            Operation::MoveRelation(it) => self.name(&it.name),
            Operation::CreateView(it) => self.name(&it.name),
            Operation::CreateSequence(it) => self.name(&it.name),
            Operation::AlterSequence(it) => self.name(&it.name),
            _ => self.add_object(operation),
        }
    }

    /// Adds those of an operation that is about no table.
    fn add_object(&mut self, operation: &Operation) {
        match operation {
            Operation::CreateType(it) => self.name(&it.name),
            Operation::AlterType(it) => {
                self.name(&it.name);
                if let TypeChange::Rename(to) = &it.change {
                    self.reach.names.insert(to.clone());
                }
            }
            Operation::CreateFunction(it) => self.name(&it.name),
            Operation::CreateTrigger(it) => self.part(&it.table, &it.name),
            Operation::CreatePolicy(it) => self.part(&it.table, &it.name),
            Operation::AlterPolicy(it) => self.part(&it.table, &it.name),
            Operation::DropPolicy(it) => self.part(&it.table, &it.name),
            Operation::Touch { .. } | Operation::Rows(_) | Operation::Read(_) => {}
            Operation::Opaque { names, patterns, everything } => {
                self.reach.names.extend(names.iter().cloned());
                self.reach.patterns.extend(patterns.iter().cloned());
                self.reach.everything |= everything;
            }
            Operation::AlterFunction(it) => {
                self.name(&it.function.name);
                if let FunctionChange::Rename(to) = &it.change {
                    self.reach.names.insert(to.clone());
                }
            }
            Operation::DropFunction(it) => {
                it.functions.iter().for_each(|function| self.name(&function.name));
                self.reach.everything |= it.cascade;
            }
            Operation::DropTrigger(it) => {
                it.table.iter().for_each(|table| self.name(table));
                self.reach.names.insert(it.name.clone());
            }
            Operation::RenameTrigger(it) => {
                self.part(&it.table, &it.name);
                self.reach.names.insert(it.to.clone());
            }
            Operation::RenamePolicy(it) => {
                self.part(&it.table, &it.name);
                self.reach.names.insert(it.to.clone());
            }
            Operation::CreateExtension { name, .. } | Operation::CreateSchema { name, .. } => {
                self.reach.names.insert(name.clone());
            }
            // What lies in them goes or has other names, and a path changes what all names stand for.
            _ => self.reach.everything = true,
        }
    }

    fn name(&mut self, name: &ObjectName) {
        self.reach.names.insert(name.name.clone());
    }

    fn part(&mut self, table: &ObjectName, part: &Name) {
        self.name(table);
        self.reach.names.insert(part.clone());
    }

    /// The name of a constraint. One that is not known is no more than unknown itself: its table is among the subjects.
    fn within(&mut self, name: &Name) {
        if name.chars().any(|letter| letter != HOLE) {
            self.reach.names.insert(name.clone());
        }
    }

    fn dropped(&mut self, names: &[ObjectName], cascade: bool) {
        names.iter().for_each(|name| self.name(name));
        self.reach.everything |= cascade;
    }

    fn column(&mut self, table: &ObjectName, definition: &ColumnDefinition) {
        if definition.serial || definition.column.identity.is_some() {
            self.generated(table, &definition.column.name, "seq");
        }
        definition.constraints.iter().for_each(|it| self.constraint(table, it));
    }

    fn constraint(&mut self, table: &ObjectName, constraint: &Constraint) {
        match (&constraint.name, &constraint.kind) {
            (Some(name), _) => self.within(name),
            (None, ConstraintKind::PrimaryKey { .. }) => self.generated(table, "", "pkey"),
            (None, ConstraintKind::Unique { columns, .. }) => self.generated(table, &joined(columns), "key"),
            (None, ConstraintKind::Exclude { elements, .. }) => {
                let keys: Vec<_> = elements.iter().map(|element| element.key.clone()).collect();
                self.generated(table, &key_names(&keys), "excl");
            }
            (None, _) => {}
        }
    }

    /// The name that the server gives to what has none, as long as it is free and short.
    fn generated(&mut self, table: &ObjectName, columns: &str, label: &str) {
        let between = if columns.is_empty() { "" } else { "_" };
        self.reach.names.extend(folded(&format!("{}{between}{columns}_{label}", table.name)));
    }
}

fn joined(columns: &[Name]) -> String {
    columns.iter().map(Name::as_str).collect::<Vec<_>>().join("_")
}

fn key_names(keys: &[IndexKey]) -> String {
    let names = keys.iter().map(|key| match &key.target {
        IndexTarget::Column(column) => column.as_str(),
        IndexTarget::Expression(_) => "expr",
    });
    names.collect::<Vec<_>>().join("_")
}
