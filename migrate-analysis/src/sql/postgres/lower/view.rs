use migrate_core::{
    Name, ObjectName,
    operation::{CreateView, DropView, Operation},
    schema::{Query, SourceRelation},
};
use squawk_syntax::ast;

use super::{
    clause::{all, is_cascade},
    name::{existing, name, new_object},
    query::query,
};

/// `CREATE VIEW`.
pub(super) fn create_view(statement: &ast::CreateView) -> Option<Vec<Operation>> {
    let name = new_object(&statement.view()?.path()?)?;
    let mut query = query(&statement.query()?);
    if statement.recursive_token().is_some() {
        without_itself(&mut query, &name);
    }
    Some(vec![Operation::CreateView(Box::new(CreateView {
        name,
        materialized: false,
        or_replace: statement.or_replace().is_some(),
        if_not_exists: false,
        temporary: matches!(statement.persistence(), Some(ast::Persistence::Temp(_))),
        columns: columns(statement.column_list())?,
        query,
    }))])
}

/// `CREATE MATERIALIZED VIEW`.
pub(super) fn create_materialized_view(statement: &ast::CreateMaterializedView) -> Option<Vec<Operation>> {
    Some(vec![Operation::CreateView(Box::new(CreateView {
        name: new_object(&statement.view()?.path()?)?,
        materialized: true,
        or_replace: false,
        if_not_exists: statement.if_not_exists().is_some(),
        temporary: false,
        columns: columns(statement.column_list())?,
        query: query(&statement.query()?),
    }))])
}

/// `DROP VIEW`.
pub(super) fn drop_view(statement: &ast::DropView) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropView(DropView {
        names: all(statement.view_refs().map(|view| existing(&view)))?,
        materialized: false,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

/// `DROP MATERIALIZED VIEW`.
pub(super) fn drop_materialized_view(statement: &ast::DropMaterializedView) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropView(DropView {
        names: all(statement.view_refs().map(|view| existing(&view)))?,
        materialized: true,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

fn columns(list: Option<ast::ColumnList>) -> Option<Vec<Name>> {
    list.into_iter().flat_map(|list| list.column_names()).map(|column| name(&column)).collect()
}

/// What a recursive view calls by its own name is its own query.
fn without_itself(query: &mut Query, view: &ObjectName) {
    for source in query.names.scopes.iter_mut().flat_map(|scope| &mut scope.sources) {
        let is_itself = matches!(&source.relation, SourceRelation::Relation(table)
            if table.name == view.name && (table.schema.is_none() || table.schema == view.schema));
        if is_itself {
            source.relation = SourceRelation::Opaque;
        }
    }
}
