use migrate_core::{
    ObjectName,
    operation::{
        AddColumn, AddConstraint, AlterConstraint, AlterTable, DropColumn, DropConstraint, EnableTrigger,
        MoveRelation, Operation, RelationKind, RenameColumn, RenameConstraint, RenameRelation, TableChange,
        TriggerSelection,
    },
    schema::Persistence,
};
use squawk_syntax::ast;

use super::{
    alter_column::alter_column,
    clause::is_cascade,
    column::added_column,
    constraint::{attributes, constraint},
    name::{existing, name, new_object},
    partition::bound,
};

/// `ALTER TABLE`: its actions, in the order in which the server carries them out.
pub(super) fn alter_table(statement: &ast::AlterTable) -> Option<Vec<Operation>> {
    let Some(relation) = statement.table_relation_name() else {
        // All of a tablespace: to another one.
        return statement.all_in_tablespace().map(|_| Vec::new());
    };
    actions(&relation, statement.if_exists().is_some(), statement.actions())
}

/// `ALTER FOREIGN TABLE`.
pub(super) fn alter_foreign_table(statement: &ast::AlterForeignTable) -> Option<Vec<Operation>> {
    actions(&statement.table_relation_name()?, statement.if_exists().is_some(), statement.actions())
}

fn actions(
    relation: &ast::TableRelationName,
    if_exists: bool,
    actions: impl Iterator<Item = ast::AlterTableAction>,
) -> Option<Vec<Operation>> {
    let table = existing(&relation.table_name_ref()?)?;
    let altered = Altered { table, if_exists, kind: RelationKind::Table };
    let mut actions: Vec<_> = actions.collect();
    actions.sort_by_key(pass);
    actions.iter().map(|action| altered.action(action)).collect()
}

/// What a statement alters.
pub(super) struct Altered {
    pub(super) table: ObjectName,
    pub(super) if_exists: bool,
    pub(super) kind: RelationKind,
}

impl Altered {
    /// A change of the relation as a whole.
    pub(super) fn change(&self, change: TableChange) -> Operation {
        let (table, kind, if_exists) = (self.table.clone(), self.kind, self.if_exists);
        Operation::AlterTable(AlterTable { table, kind, if_exists, change })
    }

    /// `RENAME TO`.
    pub(super) fn renamed(&self, to: &ast::Path) -> Option<Operation> {
        let (name, kind, if_exists) = (self.table.clone(), self.kind, self.if_exists);
        Some(Operation::RenameRelation(RenameRelation { kind, name, to: new_object(to)?.name, if_exists }))
    }

    /// `SET SCHEMA`.
    pub(super) fn moved(&self, to: &ast::SetSchema) -> Option<Operation> {
        let (relation, kind, if_exists) = (self.table.clone(), self.kind, self.if_exists);
        let to = name(&to.schema_ref()?)?;
        Some(Operation::MoveRelation(MoveRelation { kind, name: relation, to, if_exists }))
    }

    /// `RENAME COLUMN`.
    pub(super) fn renamed_column(&self, action: &ast::RenameColumn) -> Option<Operation> {
        Some(Operation::RenameColumn(RenameColumn {
            table: self.table.clone(),
            if_exists: self.if_exists,
            column: name(&action.column_name_ref()?)?,
            to: name(&action.column_name()?)?,
        }))
    }

    fn action(&self, action: &ast::AlterTableAction) -> Option<Operation> {
        use ast::AlterTableAction as Action;
        Some(match action {
            Action::AddColumn(action) => Operation::AddColumn(Box::new(AddColumn {
                table: self.table.clone(),
                if_exists: self.if_exists,
                if_not_exists: action.if_not_exists().is_some(),
                definition: added_column(action)?,
            })),
            Action::DropColumn(action) => Operation::DropColumn(DropColumn {
                table: self.table.clone(),
                if_exists: self.if_exists,
                column: name(&action.column_name_ref()?)?,
                if_column_exists: action.if_exists().is_some(),
                cascade: is_cascade(action.drop_behavior().as_ref()),
            }),
            Action::AlterColumn(action) => alter_column(&self.table, self.if_exists, action)?,
            Action::RenameColumn(action) => self.renamed_column(action)?,
            Action::TableRenameTo(action) => self.renamed(&action.table_name()?.path()?)?,
            Action::SetSchema(action) => self.moved(action)?,
            Action::AddConstraint(_)
            | Action::AlterConstraint(_)
            | Action::DropConstraint(_)
            | Action::RenameConstraint(_)
            | Action::ValidateConstraint(_) => self.constraint_action(action)?,
            Action::EnableTrigger(action) => self.trigger(selection(&action.trigger_target()?)?, true),
            Action::DisableTrigger(action) => self.trigger(selection(&action.trigger_target()?)?, false),
            Action::EnableAlwaysTrigger(action) => {
                self.trigger(TriggerSelection::One(name(&action.trigger_ref()?)?), true)
            }
            Action::EnableReplicaTrigger(action) => {
                self.trigger(TriggerSelection::One(name(&action.trigger_ref()?)?), true)
            }
            _ => self.change(table_change(action)?),
        })
    }

    fn constraint_action(&self, action: &ast::AlterTableAction) -> Option<Operation> {
        use ast::AlterTableAction as Action;
        let (table, if_exists) = (self.table.clone(), self.if_exists);
        Some(match action {
            Action::AddConstraint(action) => {
                let added = constraint(&action.constraint()?, None)?;
                Operation::AddConstraint(Box::new(AddConstraint {
                    table,
                    if_exists,
                    constraint: added.constraint,
                    using_index: added.using_index,
                }))
            }
            Action::AlterConstraint(action) => Operation::AlterConstraint(AlterConstraint {
                table,
                if_exists,
                constraint: existing(&action.constraint_name_ref()?)?.name,
                validate: false,
                deferral: attributes(action.constraint_options()).deferral,
            }),
            Action::DropConstraint(action) => Operation::DropConstraint(DropConstraint {
                table,
                if_exists,
                constraint: existing(&action.constraint_name_ref()?)?.name,
                if_constraint_exists: action.if_exists().is_some(),
                cascade: is_cascade(action.drop_behavior().as_ref()),
            }),
            Action::RenameConstraint(action) => Operation::RenameConstraint(RenameConstraint {
                table,
                if_exists,
                constraint: existing(&action.constraint_name_ref()?)?.name,
                to: name(&action.constraint_name()?)?,
            }),
            Action::ValidateConstraint(action) => Operation::AlterConstraint(AlterConstraint {
                table,
                if_exists,
                constraint: existing(&action.constraint_name_ref()?)?.name,
                validate: true,
                deferral: None,
            }),
            _ => return None,
        })
    }

    fn trigger(&self, triggers: TriggerSelection, enabled: bool) -> Operation {
        let (table, if_exists) = (self.table.clone(), self.if_exists);
        Operation::EnableTrigger(EnableTrigger { table, if_exists, triggers, enabled })
    }
}

/// What an action changes of the table as a whole.
pub(super) fn table_change(action: &ast::AlterTableAction) -> Option<TableChange> {
    use ast::AlterTableAction as Action;
    Some(match action {
        Action::EnableRls(_) => TableChange::RowSecurity(true),
        Action::DisableRls(_) => TableChange::RowSecurity(false),
        Action::ForceRls(_) => TableChange::ForceRowSecurity(true),
        Action::NoForceRls(_) => TableChange::ForceRowSecurity(false),
        Action::SetLogged(_) => TableChange::Persistence(Persistence::Permanent),
        Action::SetUnlogged(_) => TableChange::Persistence(Persistence::Unlogged),
        Action::InheritTable(action) => TableChange::Inherit(existing(&action.table_name_ref()?)?),
        Action::NoInheritTable(action) => TableChange::NoInherit(existing(&action.table_name_ref()?)?),
        Action::AttachPartition(action) => TableChange::AttachPartition {
            partition: existing(&action.table_name_ref()?)?,
            bound: bound(&action.partition_type()?)?,
        },
        Action::DetachPartition(action) => TableChange::DetachPartition(existing(&action.table_name_ref()?)?),
        Action::AlterOptionList(_)
        | Action::ClusterOn(_)
        | Action::DisableRule(_)
        | Action::EnableAlwaysRule(_)
        | Action::EnableReplicaRule(_)
        | Action::EnableRule(_)
        | Action::NotOf(_)
        | Action::OfType(_)
        | Action::OwnerTo(_)
        | Action::ReplicaIdentity(_)
        | Action::ResetOptions(_)
        | Action::SetAccessMethod(_)
        | Action::SetOptions(_)
        | Action::SetTablespace(_)
        | Action::SetWithoutCluster(_)
        | Action::SetWithoutOids(_) => TableChange::Nothing,
        _ => return None,
    })
}

/// When the server carries out an action, counted as its own source does.
fn pass(action: &ast::AlterTableAction) -> u8 {
    use ast::{AlterColumnOption as Column, AlterTableAction as Action};
    match action {
        Action::DropColumn(_) | Action::DropConstraint(_) => 0,
        Action::AddColumn(_) => 4,
        Action::AddConstraint(action) => match action.constraint() {
            Some(ast::Constraint::NotNullConstraint(_)) => 6,
            Some(ast::Constraint::PrimaryKeyConstraint(key)) if key.using_index().is_some() => 7,
            Some(ast::Constraint::UniqueConstraint(key)) if key.using_index().is_some() => 7,
            Some(
                ast::Constraint::PrimaryKeyConstraint(_)
                | ast::Constraint::UniqueConstraint(_)
                | ast::Constraint::ExcludeConstraint(_),
            ) => 8,
            _ => 9,
        },
        Action::AlterColumn(action) => match action.option() {
            Some(
                Column::DropDefault(_)
                | Column::DropNotNull(_)
                | Column::DropIdentity(_)
                | Column::DropExpression(_),
            ) => 0,
            Some(Column::SetType(_)) => 1,
            Some(Column::SetExpression(_)) => 5,
            Some(Column::SetNotNull(_)) => 6,
            Some(Column::SetDefault(_) | Column::AddGenerated(_)) => 9,
            _ => 10,
        },
        _ => 10,
    }
}

fn selection(target: &ast::TriggerTarget) -> Option<TriggerSelection> {
    Some(match target {
        ast::TriggerTarget::All(_) | ast::TriggerTarget::User(_) => TriggerSelection::All,
        ast::TriggerTarget::TriggerRef(trigger) => TriggerSelection::One(name(trigger)?),
    })
}
