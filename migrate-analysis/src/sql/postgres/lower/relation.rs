use migrate_core::operation::{Operation, RelationKind, TableChange};
use squawk_syntax::ast;

use super::{
    alter_table::{Altered, table_change},
    name::existing,
};

/// `ALTER INDEX`.
pub(super) fn alter_index(statement: &ast::AlterIndex) -> Option<Vec<Operation>> {
    if statement.all_in_tablespace().is_some() {
        return Some(Vec::new());
    }
    let index = Altered {
        table: existing(&statement.index_ref()?)?,
        if_exists: statement.if_exists().is_some(),
        kind: RelationKind::Index,
    };
    Some(vec![match statement.action()? {
        ast::AlterIndexAction::IndexRenameTo(action) => index.renamed(&action.index()?.path()?)?,
        ast::AlterIndexAction::AlterSetStatistics(_)
        | ast::AlterIndexAction::AttachIndexPartition(_)
        | ast::AlterIndexAction::DependsOnExtension(_)
        | ast::AlterIndexAction::NoDependsOnExtension(_)
        | ast::AlterIndexAction::ResetOptions(_)
        | ast::AlterIndexAction::SetOptions(_)
        | ast::AlterIndexAction::SetTablespace(_) => index.change(TableChange::Nothing),
    }])
}

/// `ALTER VIEW`.
pub(super) fn alter_view(statement: &ast::AlterView) -> Option<Vec<Operation>> {
    let view = Altered {
        table: existing(&statement.view_ref()?)?,
        if_exists: statement.if_exists().is_some(),
        kind: RelationKind::View,
    };
    Some(vec![match statement.action()? {
        ast::AlterViewAction::ViewRenameTo(action) => view.renamed(&action.view()?.path()?)?,
        ast::AlterViewAction::SetSchema(action) => view.moved(&action)?,
        ast::AlterViewAction::RenameColumn(action) => view.renamed_column(&action)?,
        // The default of a view's column is for inserts through the view alone.
        ast::AlterViewAction::AlterViewColumn(_)
        | ast::AlterViewAction::OwnerTo(_)
        | ast::AlterViewAction::ResetOptions(_)
        | ast::AlterViewAction::SetOptions(_) => view.change(TableChange::Nothing),
    }])
}

/// `ALTER MATERIALIZED VIEW`.
pub(super) fn alter_materialized_view(statement: &ast::AlterMaterializedView) -> Option<Vec<Operation>> {
    if statement.all_in_tablespace().is_some() {
        return Some(Vec::new());
    }
    let view = Altered {
        table: existing(&statement.view_ref()?)?,
        if_exists: statement.if_exists().is_some(),
        kind: RelationKind::MaterializedView,
    };
    let actions = statement.action().map(|action| {
        Some(match action {
            ast::AlterMaterializedViewAction::ViewRenameTo(action) => {
                view.renamed(&action.view()?.path()?)?
            }
            ast::AlterMaterializedViewAction::SetSchema(action) => view.moved(&action)?,
            ast::AlterMaterializedViewAction::RenameColumn(action) => view.renamed_column(&action)?,
            ast::AlterMaterializedViewAction::AlterTableAction(ast::AlterTableAction::AlterColumn(_))
            | ast::AlterMaterializedViewAction::DependsOnExtension(_)
            | ast::AlterMaterializedViewAction::NoDependsOnExtension(_) => view.change(TableChange::Nothing),
            ast::AlterMaterializedViewAction::AlterTableAction(action) => view.change(table_change(&action)?),
        })
    });
    actions.collect()
}
