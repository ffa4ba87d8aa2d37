use super::spelling::{Spelling, when};
use crate::operation::Operation;

impl Spelling {
    /// An operation as its database writes it, where it does; else nothing, as of what changes no schema.
    pub(super) fn statements(self, operation: &Operation) -> Vec<String> {
        let statement = match operation {
            Operation::CreateTable(operation) => self.create_table(operation),
            Operation::DropTable(operation) => self.drop_table(operation),
            Operation::AlterTable(operation) => return self.alter_table(operation).into_iter().collect(),
            Operation::RenameRelation(operation) => self.rename_relation(operation),
            Operation::MoveRelation(operation) => self.move_relation(operation),
            Operation::AddColumn(operation) => self.add_column(operation),
            Operation::DropColumn(operation) => self.drop_column(operation),
            Operation::RenameColumn(operation) => self.rename_column(operation),
            Operation::AlterColumn(operation) => return self.alter_column(operation).into_iter().collect(),
            Operation::AddConstraint(operation) => self.add_constraint(operation),
            Operation::DropConstraint(operation) => self.drop_constraint(operation),
            Operation::RenameConstraint(operation) => self.rename_constraint(operation),
            Operation::AlterConstraint(operation) => return self.alter_constraint(operation),
            Operation::CreateIndex(operation) => self.create_index(operation),
            Operation::DropIndex(operation) => self.drop_index(operation),
            Operation::CreateView(operation) => self.create_view(operation),
            Operation::DropView(operation) => self.drop_view(operation),
            Operation::CreateSequence(operation) => self.create_sequence(operation),
            Operation::AlterSequence(operation) => {
                return self.alter_sequence(operation).into_iter().collect();
            }
            Operation::DropSequence(operation) => self.drop_sequence(operation),
            Operation::CreateType(operation) => self.create_type(operation),
            Operation::AlterType(operation) => return self.alter_type(operation).into_iter().collect(),
            Operation::DropType(operation) => self.drop_type(operation),
            Operation::CreateFunction(operation) => {
                return self.create_function(operation).into_iter().collect();
            }
            Operation::AlterFunction(operation) => {
                return self.alter_function(operation).into_iter().collect();
            }
            Operation::DropFunction(operation) => self.drop_function(operation),
            Operation::CreateTrigger(operation) => self.create_trigger(operation),
            Operation::DropTrigger(operation) => self.drop_trigger(operation),
            Operation::RenameTrigger(operation) => self.rename_trigger(operation),
            Operation::EnableTrigger(operation) => self.enable_trigger(operation),
            Operation::CreatePolicy(operation) => {
                self.policy(&operation.name, &operation.table, &operation.policy)
            }
            Operation::AlterPolicy(operation) => self.alter_policy(operation),
            Operation::DropPolicy(operation) => self.drop_policy(operation),
            Operation::RenamePolicy(operation) => self.rename_policy(operation),
            Operation::CreateExtension { .. }
            | Operation::DropExtension { .. }
            | Operation::CreateSchema { .. }
            | Operation::DropSchema { .. }
            | Operation::RenameSchema { .. }
            | Operation::SetPath(_)
            | Operation::SetLegacyRename(_) => self.surroundings(operation),
            Operation::RebuildTable(_)
            | Operation::Rows(_)
            | Operation::Read(_)
            | Operation::Touch { .. }
            | Operation::Opaque { .. } => {
                return Vec::new();
            }
        };
        vec![statement]
    }

    /// What is around tables.
    fn surroundings(self, operation: &Operation) -> String {
        match operation {
            Operation::CreateExtension { name, schema, if_not_exists } => {
                let schema = schema.as_ref().map(|schema| format!(" SCHEMA {}", self.name(schema)));
                let guard = when(*if_not_exists, "IF NOT EXISTS ");
                format!("CREATE EXTENSION {guard}{}{}", self.name(name), schema.unwrap_or_default())
            }
            Operation::DropExtension { names, if_exists, cascade } => {
                self.drop("EXTENSION", &self.names(names), *if_exists, *cascade)
            }
            Operation::CreateSchema { name, if_not_exists } => {
                format!("CREATE SCHEMA {}{}", when(*if_not_exists, "IF NOT EXISTS "), self.name(name))
            }
            Operation::DropSchema { names, if_exists, cascade } => {
                self.drop("SCHEMA", &self.names(names), *if_exists, *cascade)
            }
            Operation::RenameSchema { name, to } => {
                format!("ALTER SCHEMA {} RENAME TO {}", self.name(name), self.name(to))
            }
            Operation::SetPath(Some(path)) => format!("SET search_path TO {}", self.names(path)),
            Operation::SetLegacyRename(on) => {
                format!("PRAGMA legacy_alter_table = {}", if *on { "ON" } else { "OFF" })
            }
            _ => "SET search_path TO DEFAULT".to_owned(),
        }
    }
}
