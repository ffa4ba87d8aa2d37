use migrate_core::{Name, ObjectName, operation::Operation, schema::ObjectKind};
use squawk_syntax::ast;

use super::name::{existing, name};

/// `VACUUM`, `ANALYZE`, `REINDEX`, `CLUSTER`, `REFRESH`, `LOCK` and statistics: nothing that a schema holds.
pub(super) fn maintenance(statement: &ast::Stmt) -> Option<Vec<Operation>> {
    match statement {
        ast::Stmt::Vacuum(statement) => tables(statement.table_and_columns_list()),
        ast::Stmt::Analyze(statement) => tables(statement.table_and_columns_list()),
        ast::Stmt::Reindex(statement) => reindex(&statement.reindex_target()?),
        ast::Stmt::Cluster(statement) => cluster(statement),
        ast::Stmt::Refresh(statement) => {
            Some(touch(vec![(ObjectKind::MaterializedView, existing(&statement.view_ref()?)?, None)]))
        }
        ast::Stmt::Lock(statement) => {
            let relations = statement.relation_list()?.relation_names();
            let relations = relations.map(|relation| Some(table(existing(&relation.relation_name_ref()?)?)));
            Some(touch(relations.collect::<Option<_>>()?))
        }
        ast::Stmt::CreateStatistics(statement) => {
            Some(touch(vec![table(existing(&statement.from_table()?.table_name_ref()?)?)]))
        }
        ast::Stmt::AlterStatistics(_) | ast::Stmt::DropStatistics(_) => Some(Vec::new()),
        _ => None,
    }
}

type Part = (ObjectKind, ObjectName, Option<Name>);

fn touch(objects: Vec<Part>) -> Vec<Operation> {
    vec![Operation::Touch { objects, if_exists: false }]
}

const fn table(name: ObjectName) -> Part {
    (ObjectKind::Table, name, None)
}

/// The tables, and the columns that are named of them.
fn tables(list: Option<ast::TableAndColumnsList>) -> Option<Vec<Operation>> {
    let mut objects = Vec::new();
    for item in list.into_iter().flat_map(|list| list.table_and_columnss()) {
        let relation = existing(&item.table_relation_name()?.table_name_ref()?)?;
        for column in item.column_ref_list().into_iter().flat_map(|list| list.column_name_refs()) {
            objects.push((ObjectKind::Column, relation.clone(), Some(name(&column)?)));
        }
        objects.push(table(relation));
    }
    Some(touch(objects))
}

fn reindex(target: &ast::ReindexTarget) -> Option<Vec<Operation>> {
    Some(match target {
        ast::ReindexTarget::ReindexTargetIndex(target) => {
            touch(vec![(ObjectKind::Index, existing(&target.index_ref()?)?, None)])
        }
        ast::ReindexTarget::ReindexTargetTable(target) => {
            touch(vec![table(existing(&target.table_name_ref()?)?)])
        }
        ast::ReindexTarget::ReindexTargetSchema(_)
        | ast::ReindexTarget::ReindexTargetDatabase(_)
        | ast::ReindexTarget::ReindexTargetSystem(_) => Vec::new(),
    })
}

fn cluster(statement: &ast::Cluster) -> Option<Vec<Operation>> {
    let mut objects = Vec::new();
    if let Some(clustered) = statement.table_name_ref() {
        objects.push(table(existing(&clustered)?));
    }
    if let Some(using) = statement.cluster_using_index() {
        let index = existing(&using.index_ref()?)?;
        objects.push((ObjectKind::Index, index, None));
    }
    if let Some(legacy) = statement.cluster_legacy() {
        objects.push((ObjectKind::Index, existing(&legacy.index_ref()?)?, None));
        objects.push(table(existing(&legacy.on_path()?.table_name_ref()?)?));
    }
    Some(touch(objects))
}
