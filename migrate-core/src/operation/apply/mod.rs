//! Carrying operations out on a simulated database: one file a noun.

mod cascade;
mod change;
mod column;
mod column_change;
mod constraint;
mod creation;
mod demand;
mod dependents;
mod domain;
mod follow;
mod fuel;
mod function;
mod index;
mod inherit;
mod key_name;
mod like;
mod lookup;
mod name;
mod names;
mod namespace;
mod outputs;
mod parts;
mod policy;
mod rebuild;
mod recheck;
mod reference;
mod relation;
mod removal;
mod requote;
mod resolve;
mod respell;
mod rewrite;
mod rows;
mod sequence;
mod table;
mod taint;
mod target;
mod trigger;
mod user_type;
mod uses;
mod view;

use super::{Notice, Operation, Refusal};
use crate::schema::{Origin, Schema};

/// What became of an operation.
type Outcome = Result<Vec<Notice>, Box<Refusal>>;

impl Schema {
    /// Does to the schema what the database would do.
    ///
    /// `origin` is the statement that is to blame. What cannot be told, because a statement that could not be read may
    /// have had a hand in it, is taken to be as the operation needs it.
    ///
    /// # Errors
    ///
    /// Where the database would certainly refuse. The schema is unchanged then.
    pub fn apply(&mut self, operation: &Operation, origin: Origin) -> Result<Vec<Notice>, Box<Refusal>> {
        match operation {
            Operation::CreateTable(operation) => self.create_table(operation, origin),
            Operation::DropTable(operation) => self.drop_table(operation, origin),
            Operation::AlterTable(operation) => self.alter_table(operation, origin),
            Operation::RebuildTable(operation) => self.rebuild_table(operation, origin),
            Operation::RenameRelation(operation) => self.rename_relation(operation, origin),
            Operation::MoveRelation(operation) => self.move_relation(operation, origin),
            Operation::AddColumn(operation) => self.add_column(operation, origin),
            Operation::DropColumn(operation) => self.drop_column(operation, origin),
            Operation::RenameColumn(operation) => self.rename_column(operation, origin),
            Operation::AlterColumn(operation) => self.alter_column(operation, origin),
            Operation::AddConstraint(operation) => self.add_constraint(operation, origin),
            Operation::DropConstraint(operation) => self.drop_constraint(operation, origin),
            Operation::RenameConstraint(operation) => self.rename_constraint(operation, origin),
            Operation::AlterConstraint(operation) => self.alter_constraint(operation, origin),
            Operation::CreateIndex(operation) => self.create_index(operation, origin),
            Operation::DropIndex(operation) => self.drop_index(operation, origin),
            Operation::CreateSequence(operation) => self.create_sequence(operation, origin),
            Operation::AlterSequence(operation) => self.alter_sequence(operation, origin),
            Operation::DropSequence(operation) => self.drop_sequence(operation, origin),
            Operation::CreateView(operation) => self.create_view(operation, origin),
            Operation::DropView(operation) => self.drop_view(operation, origin),
            Operation::CreateType(operation) => self.create_type(operation, origin),
            Operation::AlterType(operation) => self.alter_type(operation, origin),
            Operation::DropType(operation) => self.drop_type(operation, origin),
            Operation::CreateFunction(operation) => self.create_function(operation, origin),
            Operation::AlterFunction(operation) => self.alter_function(operation, origin),
            Operation::DropFunction(operation) => self.drop_function(operation, origin),
            Operation::CreateTrigger(operation) => self.create_trigger(operation, origin),
            Operation::DropTrigger(operation) => self.drop_trigger(operation, origin),
            Operation::RenameTrigger(operation) => self.rename_trigger(operation, origin),
            Operation::EnableTrigger(operation) => self.enable_trigger(operation, origin),
            Operation::CreatePolicy(operation) => self.create_policy(operation, origin),
            Operation::AlterPolicy(operation) => self.alter_policy(operation, origin),
            Operation::DropPolicy(operation) => self.drop_policy(operation, origin),
            Operation::RenamePolicy(operation) => self.rename_policy(operation, origin),
            Operation::CreateExtension { name, schema, if_not_exists } => {
                self.create_extension(name, schema.as_ref(), *if_not_exists, origin)
            }
            Operation::DropExtension { names, if_exists, cascade } => {
                self.drop_extensions(names, *if_exists, *cascade, origin)
            }
            Operation::CreateSchema { name, if_not_exists } => {
                self.create_schema(name, *if_not_exists, origin)
            }
            Operation::DropSchema { names, if_exists, cascade } => {
                self.drop_schemas(names, *if_exists, *cascade, origin)
            }
            Operation::RenameSchema { name, to } => self.rename_schema(name, to, origin),
            Operation::SetPath(path) => self.set_path(path.as_deref()),
            Operation::SetLegacyRename(legacy) => self.set_legacy_rename(*legacy),
            Operation::Rows(change) => self.change_rows(change),
            Operation::Read(query) => self.read(query),
            Operation::Touch { objects, if_exists } => self.touch(objects, *if_exists),
            Operation::Opaque { names, patterns, everything } => self.taint(names, patterns, *everything),
        }
    }
}
