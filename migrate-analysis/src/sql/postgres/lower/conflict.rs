//! What the server refuses of the declaration of a column, before it looks anything up.

use migrate_core::{Name, Span};
use squawk_syntax::{
    SyntaxNode,
    ast::{self, AstNode},
};

use super::{data_type::serial, name::name};
use crate::sql::lowered::GrammarError;

/// The first column of a statement that is declared in two ways which exclude each other.
pub(super) fn conflict(tree: &ast::SourceFile, place: impl Fn(&SyntaxNode) -> Span) -> Option<GrammarError> {
    tree.syntax().descendants().find_map(|node| {
        let (called, ty, clauses) = declared(&node)?;
        let (clause, what) = excluded(ty.as_ref(), &clauses)?;
        Some(GrammarError { span: place(clause.syntax()), message: format!("column `{called}` {what}") })
    })
}

/// A column that a statement makes: its name, its type, what is said of it. With `IF NOT EXISTS` the server may not look.
fn declared(node: &SyntaxNode) -> Option<(Name, Option<ast::Type>, Vec<ast::Constraint>)> {
    if let Some(column) = ast::AddColumn::cast(node.clone()).filter(|it| it.if_not_exists().is_none()) {
        return Some((name(&column.column_name()?)?, column.ty(), column.constraints().collect()));
    }
    let column = ast::Column::cast(node.clone())?;
    let table = node.ancestors().find_map(ast::CreateTable::cast)?;
    if table.if_not_exists().is_some() {
        return None;
    }
    let clauses = column.clauses().filter_map(|clause| match clause {
        ast::ColumnClause::ColumnConstraint(clause) => ast::Constraint::cast(clause.syntax().clone()),
        _ => None,
    });
    Some((name(&column.name()?)?, column.ty(), clauses.collect()))
}

/// The clause that does not go with what stands before it, and why not.
fn excluded<'c>(
    ty: Option<&ast::Type>,
    clauses: &'c [ast::Constraint],
) -> Option<(&'c ast::Constraint, &'static str)> {
    let is_serial = ty.and_then(serial).is_some();
    let mut has_value = is_serial;
    let mut refuses_null = is_serial.then_some(true);
    clauses.iter().find_map(|clause| {
        let what = match clause {
            ast::Constraint::DefaultConstraint(_) | ast::Constraint::GeneratedConstraint(_) => {
                std::mem::replace(&mut has_value, true).then_some("gets its value in two ways")
            }
            ast::Constraint::NullConstraint(_) | ast::Constraint::NotNullConstraint(_) => {
                let refuses = matches!(clause, ast::Constraint::NotNullConstraint(_));
                let before = refuses_null.replace(refuses);
                before.filter(|before| *before != refuses).map(|_| "is `NULL` and `NOT NULL`")
            }
            _ => None,
        };
        Some((clause, what?))
    })
}
