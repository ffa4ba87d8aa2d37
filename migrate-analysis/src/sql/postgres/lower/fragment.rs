//! Pieces of SQL that stand by themselves, as a catalog gives them.

use squawk_syntax::ast::{self, AstNode};

use super::{nesting::is_too_deep, parse::parse};

/// The expression that a text is.
pub(super) fn parse_expression(text: &str) -> Option<ast::Expr> {
    let ast::SelectVariant::Select(select) = parse_query(&format!("SELECT {text}"))? else { return None };
    let mut targets = select.select_clause()?.target_list()?.targets();
    let (only, None) = (targets.next()?, targets.next()) else { return None };
    if only.as_name().is_some() || select.from_clause().is_some() {
        return None;
    }
    only.expr()
}

/// The query that a text is.
pub(super) fn parse_query(text: &str) -> Option<ast::SelectVariant> {
    if is_too_deep(text) {
        return None;
    }
    let (tree, errors) = parse(text);
    if !errors.is_empty() {
        return None;
    }
    let mut statements = tree.stmts();
    let (only, None) = (statements.next()?, statements.next()) else { return None };
    ast::SelectVariant::cast(only.syntax().clone())
}
