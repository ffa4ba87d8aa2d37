use super::{ColumnChange, FunctionName, Operation, RowVerb, TableChange, TypeChange};
use crate::ObjectName;

impl Operation {
    /// What it does, as a short phrase: ``add column `users.email` ``.
    ///
    /// ```
    /// use migrate_core::{Name, ObjectName, operation::{DropTable, Operation}};
    ///
    /// let names = vec![ObjectName::bare(Name::exact("users"))];
    /// let drop = Operation::DropTable(DropTable { names, if_exists: false, cascade: false });
    /// assert_eq!(drop.describe(), "drop table `users`");
    /// ```
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::CreateTable(it) => format!("create table `{}`", it.name),
            Self::DropTable(it) => format!("drop table {}", names(&it.names)),
            Self::AlterTable(it) => format!("{} table `{}`", table_verb(&it.change), it.table),
            Self::RebuildTable(it) => format!("rebuild table `{}`", it.table),
            Self::RenameRelation(it) => format!("rename `{}` to `{}`", it.name, it.to),
            Self::MoveRelation(it) => format!("move `{}` to schema `{}`", it.name, it.to),
            Self::AddColumn(it) => format!("add column `{}.{}`", it.table, it.definition.column.name),
            Self::DropColumn(it) => format!("drop column `{}.{}`", it.table, it.column),
            Self::RenameColumn(it) => format!("rename column `{}.{}` to `{}`", it.table, it.column, it.to),
            Self::AlterColumn(it) => {
                format!("{} column `{}.{}`", column_verb(&it.change), it.table, it.column)
            }
            Self::AddConstraint(it) => match &it.constraint.name {
                Some(name) => format!("add constraint `{name}` to `{}`", it.table),
                None => format!("add a constraint to `{}`", it.table),
            },
            Self::DropConstraint(it) => format!("drop constraint `{}` of `{}`", it.constraint, it.table),
            Self::RenameConstraint(it) => {
                format!("rename constraint `{}` of `{}` to `{}`", it.constraint, it.table, it.to)
            }
            Self::AlterConstraint(it) => {
                let verb = if it.validate { "validate" } else { "alter" };
                format!("{verb} constraint `{}` of `{}`", it.constraint, it.table)
            }
            Self::CreateIndex(it) => match &it.name {
                Some(name) => format!("create index `{name}` on `{}`", it.table),
                None => format!("create an index on `{}`", it.table),
            },
            Self::DropIndex(it) => format!("drop index {}", names(&it.names)),
            Self::CreateView(it) => format!("create view `{}`", it.name),
            Self::DropView(it) => format!("drop view {}", names(&it.names)),
            Self::CreateSequence(it) => format!("create sequence `{}`", it.name),
            Self::AlterSequence(it) => format!("alter sequence `{}`", it.name),
            Self::DropSequence(it) => format!("drop sequence {}", names(&it.names)),
            Self::CreateType(it) => format!("create type `{}`", it.name),
            Self::AlterType(it) => type_change(&it.name, &it.change),
            Self::DropType(it) => format!("drop type {}", names(&it.names)),
            Self::CreateFunction(it) => format!("create function `{}`", it.name),
            Self::AlterFunction(it) => format!("alter function `{}`", it.function.name),
            Self::DropFunction(it) => format!("drop function {}", functions(&it.functions)),
            Self::CreateTrigger(it) => format!("create trigger `{}` on `{}`", it.name, it.table),
            Self::DropTrigger(it) => format!("drop trigger `{}`", it.name),
            Self::RenameTrigger(it) => format!("rename trigger `{}` to `{}`", it.name, it.to),
            Self::EnableTrigger(it) => {
                format!("{} triggers of `{}`", if it.enabled { "enable" } else { "disable" }, it.table)
            }
            Self::CreatePolicy(it) => format!("create policy `{}` on `{}`", it.name, it.table),
            Self::AlterPolicy(it) => format!("alter policy `{}` on `{}`", it.name, it.table),
            Self::DropPolicy(it) => format!("drop policy `{}` on `{}`", it.name, it.table),
            Self::RenamePolicy(it) => format!("rename policy `{}` to `{}`", it.name, it.to),
            Self::CreateExtension { name, .. } => format!("create extension `{name}`"),
            Self::DropExtension { names, .. } => format!("drop extension {}", listed(names.iter())),
            Self::CreateSchema { name, .. } => format!("create schema `{name}`"),
            Self::DropSchema { names, .. } => format!("drop schema {}", listed(names.iter())),
            Self::RenameSchema { name, to } => format!("rename schema `{name}` to `{to}`"),
            Self::SetPath(_) => "set the search path".to_owned(),
            Self::SetLegacyRename(_) => "set how renames are followed".to_owned(),
            Self::Rows(it) => format!("{} {}", row_verb(it.verb), names(&it.targets)),
            Self::Read(_) => "read rows".to_owned(),
            Self::Touch { .. } => "change nothing of the schema".to_owned(),
            Self::Opaque { .. } => "do what could not be read".to_owned(),
        }
    }
}

fn names(names: &[ObjectName]) -> String {
    listed(names.iter())
}

fn functions(functions: &[FunctionName]) -> String {
    listed(functions.iter().map(|function| &function.name))
}

fn listed(names: impl Iterator<Item = impl std::fmt::Display>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

const fn table_verb(change: &TableChange) -> &'static str {
    match change {
        TableChange::AttachPartition { .. } => "attach a partition to",
        TableChange::DetachPartition(_) => "detach a partition of",
        _ => "alter",
    }
}

const fn column_verb(change: &ColumnChange) -> &'static str {
    match change {
        ColumnChange::Type { .. } => "change the type of",
        ColumnChange::SetDefault(_) => "set the default of",
        ColumnChange::DropDefault => "drop the default of",
        ColumnChange::SetNotNull => "refuse null in",
        ColumnChange::DropNotNull => "allow null in",
        _ => "alter",
    }
}

fn type_change(name: &ObjectName, change: &TypeChange) -> String {
    match change {
        TypeChange::Rename(to) => format!("rename type `{name}` to `{to}`"),
        TypeChange::AddValue { value, .. } => format!("add value `{value}` to type `{name}`"),
        TypeChange::RenameValue { from, to } => format!("rename value `{from}` of type `{name}` to `{to}`"),
        _ => format!("alter type `{name}`"),
    }
}

const fn row_verb(verb: RowVerb) -> &'static str {
    match verb {
        RowVerb::Insert => "insert into",
        RowVerb::Update => "update",
        RowVerb::Delete => "delete from",
        RowVerb::Merge => "merge into",
        RowVerb::Copy => "copy into",
        RowVerb::Truncate => "truncate",
    }
}
