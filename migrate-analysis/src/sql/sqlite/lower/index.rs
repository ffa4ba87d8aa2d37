use migrate_core::{
    Name, ObjectName,
    operation::{CreateIndex, Operation},
    schema::{IndexKey, IndexTarget},
};
use sqlite3_parser::ast::{Expr, Literal, SortOrder, SortedColumn, Stmt};

use super::{
    column::check_stored_expression,
    expression::expression,
    name::{is_attached, name, object, unquoted},
    stop::{Stop, check_new_name, refused},
};

/// `CREATE INDEX`.
pub(super) fn create_index(tree: &Stmt<'_>) -> Result<Vec<Operation>, Stop> {
    let Stmt::CreateIndex { unique, if_not_exists, idx_name, tbl_name, columns, where_clause } = tree else {
        return Ok(Vec::new());
    };
    let index = object(idx_name);
    check_new_name(&index.name)?;
    let keys = columns.iter().map(|column| key(&index.name, column)).collect::<Result<_, _>>()?;
    let predicate = where_clause.as_ref().map(expression);
    if let Some(predicate) = &predicate {
        check_stored_expression(&index.name, predicate)?;
    }
    if is_attached(&index) {
        return Ok(Vec::new());
    }
    Ok(vec![Operation::CreateIndex(Box::new(CreateIndex {
        table: ObjectName { schema: index.schema.clone(), name: name(tbl_name) },
        name: Some(index),
        unique: *unique,
        concurrently: false,
        if_not_exists: *if_not_exists,
        method: Name::exact("btree"),
        keys,
        include: Vec::new(),
        predicate,
        nulls_not_distinct: false,
    }))])
}

fn key(index: &Name, column: &SortedColumn<'_>) -> Result<IndexKey, Stop> {
    check_nulls(index, column)?;
    let (tree, collation) = collated(&column.expr);
    let target = if let Some(column) = plain_column(tree) {
        IndexTarget::Column(column)
    } else {
        let expression = expression(tree);
        check_stored_expression(index, &expression)?;
        IndexTarget::Expression(expression)
    };
    let descending = matches!(column.order, Some(SortOrder::Desc));
    // SQLite takes null for less than anything else.
    Ok(IndexKey { target, collation, operator_class: None, descending, nulls_first: !descending })
}

/// The columns of a primary key or a unique constraint.
pub(super) fn plain_columns(columns: &[SortedColumn<'_>]) -> Result<Vec<Name>, Stop> {
    columns
        .iter()
        .map(|column| match plain_column(collated(&column.expr).0) {
            Some(name) => check_nulls(&name, column).map(|()| name),
            None => refused(
                &Name::caseless("unique"),
                "a primary key or unique constraint has plain columns alone",
            ),
        })
        .collect()
}

/// The column that an expression is, where it is nothing else. A string stands for the column of that name.
fn plain_column(tree: &Expr<'_>) -> Option<Name> {
    match tree {
        Expr::Id(id) => Some(Name::caseless(&unquoted(id.0))),
        Expr::Literal(Literal::String(text)) => Some(Name::caseless(&unquoted(text))),
        _ => None,
    }
}

/// What is sorted, and by which collation. That of a column by default is not said.
fn collated<'t, 'b>(tree: &'t Expr<'b>) -> (&'t Expr<'b>, Option<ObjectName>) {
    match tree {
        Expr::Collate(inner, collation) => {
            (inner, Some(ObjectName::bare(Name::caseless(&unquoted(collation)))))
        }
        _ => (tree, None),
    }
}

fn check_nulls(about: &Name, column: &SortedColumn<'_>) -> Result<(), Stop> {
    if column.nulls.is_some() {
        return refused(about, "`NULLS FIRST` and `NULLS LAST` are for queries alone");
    }
    Ok(())
}
