use migrate_core::operation::{CreateView, Operation};
use sqlite3_parser::ast::Stmt;

use super::{
    name::{is_attached, name},
    query::query,
    stop::Stop,
    table::new_object,
    verbatim::from_keyword,
};

/// `CREATE VIEW`.
pub(super) fn create_view(tree: &Stmt<'_>, text: &str) -> Result<Vec<Operation>, Stop> {
    let Stmt::CreateView { temporary, if_not_exists, view_name, columns, select } = tree else {
        return Ok(Vec::new());
    };
    let (view, temporary) = new_object(view_name, *temporary)?;
    if is_attached(&view) {
        return Ok(Vec::new());
    }
    Ok(vec![Operation::CreateView(Box::new(CreateView {
        name: view,
        materialized: false,
        or_replace: false,
        if_not_exists: *if_not_exists,
        temporary,
        columns: columns.unwrap_or_default().iter().map(|column| name(&column.col_name)).collect(),
        query: query(select, from_keyword(text, "AS", true)),
    }))])
}
