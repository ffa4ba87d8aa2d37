use migrate_core::{
    Name, ObjectName,
    operation::{CreateIndex, DropIndex, Operation},
    schema::{IndexKey, IndexTarget},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::{all, is_cascade},
    column::collation,
    expression::expression,
    name::{existing, name, new_object},
    operator_class::operator_class,
};

/// `CREATE INDEX`.
pub(super) fn create_index(statement: &ast::CreateIndex) -> Option<Vec<Operation>> {
    let include = statement.index_include_clause().and_then(|clause| clause.partition_item_list());
    let include = include.into_iter().flat_map(|list| list.partition_items());
    let include = include.map(|item| column(&item.expr()?));
    let predicate = match statement.where_clause() {
        Some(clause) => Some(expression(&clause.expr()?)),
        None => None,
    };
    let name = match statement.index() {
        Some(index) => Some(new_object(&index.path()?)?),
        None => None,
    };
    let nulls = statement.nulls_distinct_option();
    let method = method(statement.using_method().and_then(|using| using.access_method_ref()).as_ref())?;
    Some(vec![Operation::CreateIndex(Box::new(CreateIndex {
        name,
        table: existing(&statement.table_relation_name()?.table_name_ref()?)?,
        unique: statement.unique_token().is_some(),
        concurrently: statement.concurrently_token().is_some(),
        if_not_exists: statement.if_not_exists().is_some(),
        keys: all(statement.partition_item_list()?.partition_items().map(|item| key(&item, &method)))?,
        method,
        include: include.collect::<Option<_>>()?,
        predicate,
        nulls_not_distinct: matches!(nulls, Some(ast::NullsDistinctOption::NullsNotDistinct(_))),
    }))])
}

/// `DROP INDEX`.
pub(super) fn drop_index(statement: &ast::DropIndex) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropIndex(DropIndex {
        names: all(statement.index_refs().map(|index| existing(&index)))?,
        if_exists: statement.if_exists().is_some(),
        concurrently: statement.concurrently_token().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

/// The method of an index.
pub(super) fn method(written: Option<&ast::AccessMethodRef>) -> Option<Name> {
    written.map_or_else(|| Some(Name::exact("btree")), name)
}

/// What an index sorts by, with the collation that stands in the expression. Parentheses around a column say nothing.
pub(super) fn target(expr: &ast::Expr) -> Option<(IndexTarget, Option<ObjectName>)> {
    let (bare, collation) = match expr {
        ast::Expr::Collate(collate) => (collate.expr()?, collation(collate)),
        _ => (expr.clone(), None),
    };
    if let Some(column) = column(&bare) {
        return Some((IndexTarget::Column(column), collation));
    }
    match &bare {
        ast::Expr::ParenExpr(paren) => match paren.expr() {
            Some(ast::Expr::Collate(collate)) if collate.expr().as_ref().and_then(column).is_some() => {
                let column = column(&collate.expr()?)?;
                Some((IndexTarget::Column(column), self::collation(&collate)))
            }
            Some(inner) => Some((IndexTarget::Expression(expression(&inner)), collation)),
            None => Some((IndexTarget::Expression(expression(&bare)), collation)),
        },
        _ => Some((IndexTarget::Expression(expression(&bare)), collation)),
    }
}

fn key(item: &ast::PartitionItem, method: &Name) -> Option<IndexKey> {
    let (target, inner) = target(&item.expr()?)?;
    let descending = match item.sort_order() {
        None | Some(ast::SortOrder::SortAsc(_)) => false,
        Some(ast::SortOrder::SortDesc(_)) => true,
        Some(ast::SortOrder::SortUsing(_)) => return None,
    };
    let operator_class = item.op_class_ref().and_then(|class| operator_class(&class, method));
    let nulls_first =
        item.nulls_order().map_or(descending, |order| matches!(order, ast::NullsOrder::NullsFirst(_)));
    let collation = item.collate().and_then(|collate| collation(&collate)).or(inner);
    Some(IndexKey { target, collation, operator_class, descending, nulls_first })
}

/// The column that an expression is, perhaps in parentheses.
pub(super) fn column(expr: &ast::Expr) -> Option<Name> {
    let mut expr = expr.clone();
    while let ast::Expr::ParenExpr(paren) = &expr {
        expr = paren.expr()?;
    }
    match expr {
        ast::Expr::NameRef(column) if !is_call(&column) => name(&column),
        _ => None,
    }
}

/// Whether the name is a keyword that stands for a value: `current_user`.
fn is_call(name: &ast::NameRef) -> bool {
    let token = name.syntax().first_token();
    token.is_some_and(|token| {
        let text = token.text().to_ascii_lowercase();
        text.starts_with("current_")
            || matches!(&*text, "localtime" | "localtimestamp" | "session_user" | "system_user" | "user")
    })
}
