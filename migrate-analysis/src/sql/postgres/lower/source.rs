//! What stands behind `FROM`.

use migrate_core::{
    Name,
    schema::{ColumnUse, Source, SourceRelation},
};
use squawk_syntax::{
    SyntaxNode,
    ast::{self, AstNode},
};

use super::{
    name::{identifier, name},
    scope::Collector,
};

impl Collector {
    /// Adds the sources that a list of them names; conditions of joins may use all of them.
    pub(super) fn sources(&mut self, scope: usize, items: impl Iterator<Item = ast::FromListItem>) {
        let mut pending: Vec<_> = items.collect();
        pending.reverse();
        let mut conditions = Vec::new();
        while let Some(item) = pending.pop() {
            match item {
                ast::FromListItem::JoinExpr(joined) => {
                    if let Some(join) = joined.join() {
                        pending.extend(join.from_list_item());
                        conditions.extend(join.join_condition());
                    }
                    pending.extend(joined.from_list_item());
                }
                ast::FromListItem::FromItem(item) => self.source(scope, &item, &mut pending),
            }
        }
        for condition in conditions {
            self.condition(scope, &condition);
        }
    }

    fn condition(&mut self, scope: usize, condition: &ast::JoinCondition) {
        match condition {
            ast::JoinCondition::OnClause(on) => self.walk(scope, on.syntax()),
            ast::JoinCondition::JoinUsingClause(using) => {
                let columns = using.column_ref_list().into_iter().flat_map(|list| list.column_name_refs());
                for name in columns.filter_map(|column| name(&column)) {
                    self.add_use(scope, ColumnUse { qualifier: None, name });
                }
                if let Some(alias) = using.alias().and_then(|alias| alias.name()) {
                    self.add_opaque(scope, name(&alias), Vec::new());
                }
            }
        }
    }

    fn source(&mut self, scope: usize, item: &ast::FromItem, pending: &mut Vec<ast::FromListItem>) {
        let alias = item.alias();
        let columns = alias.as_ref().map(|alias| self.alias_columns(scope, alias)).unwrap_or_default();
        let alias = alias.and_then(|alias| alias.name()).and_then(|alias| name(&alias));
        match item {
            ast::FromItem::RelationFromItem(relation) => {
                let path = relation.relation_name_ref().and_then(|relation| relation.path_ref());
                self.relation(scope, path, alias, columns);
            }
            ast::FromItem::ParenFromItem(paren) => {
                let inside = paren.paren_expr();
                let select = paren.paren_select().map(ast::SelectVariant::ParenSelect).or_else(|| {
                    inside
                        .as_ref()
                        .and_then(|inside| inside.syntax().children().find_map(ast::SelectVariant::cast))
                });
                if let Some(select) = select {
                    let lateral = paren.lateral_token().is_some();
                    return self.subquery(scope, &select, lateral, alias, columns);
                }
                match inside.and_then(|inside| innermost(&inside)) {
                    Some(item) => pending.push(item),
                    None => self.names.complete = false,
                }
                if alias.is_some() {
                    self.add_opaque(scope, alias, columns);
                }
            }
            ast::FromItem::FunctionFromItem(call) => {
                self.function(scope, call.call_expr().map(|call| call.syntax().clone()), alias, columns);
            }
            ast::FromItem::ExprFromItem(item) => {
                let node = item.call_expr().map(|call| call.syntax().clone());
                let node = node.or_else(|| item.cast_expr().map(|cast| cast.syntax().clone()));
                self.function(scope, node, alias, columns);
            }
            ast::FromItem::RowsFromItem(rows) => {
                for argument in rows.rows_from_args() {
                    self.walk(scope, argument.syntax());
                }
                self.add_opaque(scope, alias, columns);
            }
            ast::FromItem::JsonTableFromItem(_)
            | ast::FromItem::XmlTableFromItem(_)
            | ast::FromItem::GraphTableFromItem(_) => {
                self.names.complete = false;
                self.add_opaque(scope, alias, columns);
            }
        }
    }

    fn subquery(
        &mut self,
        scope: usize,
        query: &ast::SelectVariant,
        lateral: bool,
        alias: Option<Name>,
        columns: Vec<Name>,
    ) {
        let outside = self.names.scopes.get(scope).and_then(|scope| scope.parent);
        let parent = if lateral { Some(scope) } else { outside };
        let (inner, outputs) = self.select(parent, query);
        let relation = SourceRelation::Query { outputs, scope: inner };
        self.add_source(scope, Source { alias, relation, columns });
    }

    /// A function as a source: it is called by its own name where it is given no other.
    fn function(&mut self, scope: usize, node: Option<SyntaxNode>, alias: Option<Name>, columns: Vec<Name>) {
        let mut own = None;
        if let Some(node) = node {
            self.walk(scope, &node);
            own = match ast::CallExpr::cast(node).and_then(|call| call.expr()) {
                Some(ast::Expr::NameRef(callee)) => identifier(callee.syntax()),
                Some(ast::Expr::FieldExpr(callee)) => {
                    callee.field().and_then(|field| identifier(field.syntax()))
                }
                _ => None,
            };
        }
        self.add_opaque(scope, alias.or(own), columns);
    }

    /// The names that an alias gives to columns; the types among them are used as well.
    fn alias_columns(&mut self, scope: usize, alias: &ast::FromAlias) -> Vec<Name> {
        let Some(columns) = alias.columns() else { return Vec::new() };
        self.walk(scope, columns.syntax());
        columns.column_names().filter_map(|column| name(&column)).collect()
    }
}

/// What is joined within parentheses.
fn innermost(paren: &ast::ParenExpr) -> Option<ast::FromListItem> {
    let mut paren = paren.clone();
    loop {
        if let Some(item) = paren.from_list_item() {
            return Some(item);
        }
        let Some(ast::Expr::ParenExpr(inner)) = paren.expr() else { return None };
        paren = inner;
    }
}
