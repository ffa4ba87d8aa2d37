//! `SELECT` as a statement: it reads, unless it calls a function for what it does.

use migrate_core::{Dialect, Name, ObjectName, operation::Operation};
use squawk_syntax::ast;

use super::{name::folded, query::query, scope::text_of};

/// What a query does; `None` where it calls a function that may do anything.
pub(super) fn read(select: &ast::SelectVariant) -> Option<Vec<Operation>> {
    if let Some(path) = set_path(select) {
        return Some(path.into_iter().map(|path| Operation::SetPath(Some(path))).collect());
    }
    let query = query(select);
    query.names.functions.iter().all(is_harmless).then(|| vec![Operation::Read(Box::new(query))])
}

/// Whether a function is one of the server's own, which leave the schema alone.
fn is_harmless(function: &ObjectName) -> bool {
    let is_own = function.schema.as_deref().is_none_or(|schema| schema == "pg_catalog");
    is_own && Dialect::Postgres.has_function(&function.name)
}

/// `SELECT set_config('search_path', '..', false)`, as dumps begin; an inner `None` is another setting.
fn set_path(select: &ast::SelectVariant) -> Option<Option<Vec<Name>>> {
    let mut targets = select.target_list()?.targets();
    let (Some(only), None) = (targets.next(), targets.next()) else { return None };
    let Some(ast::Expr::CallExpr(call)) = only.expr() else { return None };
    let function = match call.expr()? {
        ast::Expr::NameRef(name) => super::name::name(&name)?,
        ast::Expr::FieldExpr(field) => super::scope::qualified(&field)?.1?,
        _ => return None,
    };
    let arguments: Vec<_> = call.arg_list()?.args().filter_map(|argument| argument.expr()).collect();
    let [setting, value, _] = arguments.as_slice() else { return None };
    if function.as_str() != "set_config" {
        return None;
    }
    let is_path = text_of(setting)?.eq_ignore_ascii_case("search_path");
    if !is_path {
        return Some(None);
    }
    Some(Some(path_in_text(&text_of(value)?)))
}

/// The schemas that a text lists.
pub(super) fn path_in_text(text: &str) -> Vec<Name> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names
        .filter_map(|name| match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
            Some(exact) => folded(exact),
            None => folded(&name.to_ascii_lowercase()),
        })
        .collect()
}
