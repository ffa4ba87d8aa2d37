//! What the catalog of a server shows, read as what scripts write.

use migrate_core::{
    operation::Operation,
    schema::{DataType, Expression, Query},
};
use squawk_syntax::ast;

use super::{
    data_type, door,
    expression::expression,
    fragment::{parse_expression, parse_query},
    query::query,
};
use crate::sql::canonicalise::Reader;

/// How the texts of this database's catalog are read.
pub(crate) const READER: Reader = Reader { expression: shown, query: shown_query, bound, data_type };

/// `pg_get_expr` and its like. Queries within are written anew by the server, in a way that is not followed.
fn shown(text: &str) -> Option<Expression> {
    let expression = expression(&parse_expression(text)?);
    let exact = expression.names.scopes.len() <= 1;
    Some(Expression { exact, ..expression })
}

/// `pg_get_viewdef`: the server names each column by its table, and writes out what a `*` stands for.
fn shown_query(text: &str) -> Option<Query> {
    Some(Query { exact: false, ..query(&parse_query(text)?) })
}

fn bound(text: &str) -> Option<Expression> {
    let lowered = door::lower(&format!("CREATE TABLE a PARTITION OF b {text}"));
    match lowered.operations.into_iter().next()? {
        Operation::CreateTable(table) => table.definition.partition.map(|bound| bound.sql),
        _ => None,
    }
}

/// `format_type`.
fn data_type(text: &str) -> Option<DataType> {
    match parse_expression(&format!("NULL::{text}"))? {
        ast::Expr::CastExpr(cast) => data_type::data_type(&cast.ty()?),
        _ => None,
    }
}
