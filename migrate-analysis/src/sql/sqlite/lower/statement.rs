use migrate_core::{
    ObjectName,
    operation::{DropIndex, DropTable, DropTrigger, DropView, Operation},
};
use sqlite3_parser::ast::{QualifiedName, Stmt};

use super::{
    alter::alter_table,
    door::opaque,
    index::create_index,
    name::{is_attached, object},
    pragma::pragma,
    query::query,
    rows::{self, delete, insert, update},
    stop::Stop,
    table::{create_table, create_virtual_table},
    trigger::create_trigger,
    verbatim::{place, whole},
    view::create_view,
};
use crate::sql::lowered::{GrammarError, Lowered, OpaqueReason};

/// What a statement does, by its tree.
pub(super) fn statement(tree: &Stmt<'_>, text: &str) -> Lowered {
    match operations(tree, text) {
        Ok(operations) => Lowered::understood(operations),
        Err(Stop::Opaque(reason)) => opaque(text, reason),
        // SQLite does not look any further where the object is there.
        Err(Stop::Refused { .. }) if is_guarded(tree) => opaque(text, OpaqueReason::NoOperation),
        Err(Stop::Refused { message, about }) => {
            let span = place(text, &about);
            let errors = vec![GrammarError { span, message }];
            Lowered { errors, ..opaque(text, OpaqueReason::NotParsed) }
        }
    }
}

/// `IF NOT EXISTS`.
fn is_guarded(tree: &Stmt<'_>) -> bool {
    matches!(
        tree,
        Stmt::CreateTable { if_not_exists: true, .. }
            | Stmt::CreateIndex { if_not_exists: true, .. }
            | Stmt::CreateView { if_not_exists: true, .. }
            | Stmt::CreateTrigger { if_not_exists: true, .. }
    )
}

fn operations(tree: &Stmt<'_>, text: &str) -> Result<Vec<Operation>, Stop> {
    match tree {
        Stmt::CreateTable { .. } => create_table(tree, text),
        Stmt::CreateVirtualTable { if_not_exists, tbl_name, .. } => {
            create_virtual_table(tbl_name, *if_not_exists, text)
        }
        Stmt::AlterTable(table, body) => alter_table(table, body),
        Stmt::CreateIndex { .. } => create_index(tree),
        Stmt::CreateView { .. } => create_view(tree, text),
        Stmt::CreateTrigger { .. } => create_trigger(tree, text),
        Stmt::DropTable { .. }
        | Stmt::DropView { .. }
        | Stmt::DropIndex { .. }
        | Stmt::DropTrigger { .. } => Ok(drop_object(tree)),
        Stmt::Insert { with, tbl_name, columns, body, returning, .. } => insert(&rows::Insert {
            with: with.as_ref(),
            target: tbl_name,
            columns: columns.as_ref(),
            body: Some(body),
            returning: *returning,
        }),
        Stmt::Update { .. } => update(tree),
        Stmt::Delete { .. } => delete(tree),
        Stmt::Select(select) => Ok(vec![Operation::Read(Box::new(query(select, whole(text))))]),
        Stmt::Pragma(name, value) => Ok(pragma(name, value.as_ref())),
        // It takes back what was done since, which the replay does not remember.
        Stmt::Rollback { .. } => Err(Stop::Opaque(OpaqueReason::NoOperation)),
        Stmt::Analyze(_)
        | Stmt::Attach { .. }
        | Stmt::Begin(..)
        | Stmt::Commit(_)
        | Stmt::Detach(_)
        | Stmt::Reindex { .. }
        | Stmt::Release(_)
        | Stmt::Savepoint(_)
        | Stmt::Vacuum(..) => Ok(Vec::new()),
    }
}

/// An operation on an object of this database; none where it lies in another one.
pub(super) fn here(
    name: &QualifiedName<'_>,
    operation: impl FnOnce(ObjectName) -> Operation,
) -> Vec<Operation> {
    let name = object(name);
    if is_attached(&name) { Vec::new() } else { vec![operation(name)] }
}

fn drop_object(tree: &Stmt<'_>) -> Vec<Operation> {
    match tree {
        Stmt::DropTable { if_exists, tbl_name } => {
            // What `ANALYZE` has made.
            if object(tbl_name).name.identity().starts_with("sqlite_stat") {
                return Vec::new();
            }
            here(tbl_name, |name| {
                Operation::DropTable(DropTable { names: vec![name], if_exists: *if_exists, cascade: false })
            })
        }
        Stmt::DropView { if_exists, view_name } => here(view_name, |name| {
            let if_exists = *if_exists;
            Operation::DropView(DropView {
                names: vec![name],
                materialized: false,
                if_exists,
                cascade: false,
            })
        }),
        Stmt::DropIndex { if_exists, idx_name } => here(idx_name, |name| {
            let if_exists = *if_exists;
            Operation::DropIndex(DropIndex {
                names: vec![name],
                if_exists,
                concurrently: false,
                cascade: false,
            })
        }),
        Stmt::DropTrigger { if_exists, trigger_name } => here(trigger_name, |name| {
            let (name, if_exists) = (name.name, *if_exists);
            Operation::DropTrigger(DropTrigger { name, table: None, if_exists, cascade: false })
        }),
        _ => Vec::new(),
    }
}
