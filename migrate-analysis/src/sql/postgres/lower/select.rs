//! Queries: what they select from, and which columns they give.

use migrate_core::{
    Name,
    schema::{ColumnUse, Output, Source, SourceRelation},
};
use squawk_syntax::{
    SyntaxKind, SyntaxNode,
    ast::{self, AstNode},
    column_name::ColumnName,
};

use super::{
    name::{folded, name, object},
    scope::{Collector, NamedQuery, qualified},
};

impl Collector {
    /// Gathers what a query names into a scope that is open for it.
    pub(super) fn select_in(&mut self, scope: usize, query: &ast::SelectVariant) -> Option<Vec<Output>> {
        let seen = self.named.len();
        let outputs = match query {
            ast::SelectVariant::Select(select) => {
                self.with(scope, select.with_clause());
                self.plain(scope, select.from_clause(), select.select_clause(), select.syntax())
            }
            ast::SelectVariant::SelectInto(select) => {
                self.with(scope, select.with_clause());
                self.plain(scope, select.from_clause(), select.select_clause(), select.syntax())
            }
            ast::SelectVariant::Table(table) => {
                self.with(scope, table.with_clause());
                if let Some(path) = table.relation_name().and_then(|name| name.relation_name_ref()) {
                    self.relation(scope, path.path_ref(), None, Vec::new());
                }
                Some(vec![Output::All { qualifier: None }])
            }
            ast::SelectVariant::Values(values) => {
                self.with(scope, values.with_clause());
                let rows = values.row_list();
                let width = rows.as_ref().and_then(|rows| rows.rows().next()).map(|row| row.exprs().count());
                if let Some(rows) = &rows {
                    self.walk(scope, rows.syntax());
                }
                width.map(|width| (1..=width).map(unnamed_column).collect())
            }
            ast::SelectVariant::ParenSelect(paren) => {
                self.with(scope, paren.with_clause());
                let inner = paren.select();
                let outputs = inner.as_ref().and_then(|inner| self.select_in(scope, inner));
                for tail in paren.tail_clauses() {
                    self.walk(scope, tail.syntax());
                }
                outputs
            }
            ast::SelectVariant::CompoundSelect(compound) => self.compound(scope, compound),
        };
        self.named.truncate(seen);
        self.note_aliases(scope, outputs.as_deref());
        outputs
    }

    /// `ORDER BY` and `GROUP BY` may use what the results are called.
    fn note_aliases(&mut self, scope: usize, outputs: Option<&[Output]>) {
        // A column that is shown under its own name gives no other than the one it has.
        let is_bare = |name: &Name, column: &Option<ColumnUse>| {
            column.as_ref().is_some_and(|used| used.qualifier.is_none() && used.name == *name)
        };
        let names = outputs.into_iter().flatten().filter_map(|output| match output {
            Output::Value { name, column } if !is_bare(name, column) => Some(name.clone()),
            Output::Value { .. } | Output::All { .. } => None,
        });
        let names: Vec<_> = names.collect();
        if let Some(scope) = self.names.scopes.get_mut(scope) {
            scope.aliases = names;
        }
    }

    fn plain(
        &mut self,
        scope: usize,
        from: Option<ast::FromClause>,
        select: Option<ast::SelectClause>,
        node: &SyntaxNode,
    ) -> Option<Vec<Output>> {
        if let Some(from) = from {
            self.sources(scope, from.items());
        }
        let is_done = |kind| matches!(kind, SyntaxKind::FROM_CLAUSE | SyntaxKind::WITH_CLAUSE);
        for clause in node.children().filter(|child| !is_done(child.kind())) {
            self.walk(scope, &clause);
        }
        outputs(&select?.target_list()?)
    }

    /// `UNION` and its like. Chains lean to the left, and may be long.
    fn compound(&mut self, scope: usize, compound: &ast::CompoundSelect) -> Option<Vec<Output>> {
        self.add_opaque(scope, None, Vec::new());
        let parent = self.names.scopes.get(scope).and_then(|scope| scope.parent);
        let mut chain = vec![compound.clone()];
        let mut first = compound.lhs();
        while let Some(ast::SelectVariant::CompoundSelect(inner)) = &first {
            chain.push(inner.clone());
            first = inner.lhs();
        }
        // What `WITH` names in front of the first query can be seen by all of them.
        if let Some(ast::SelectVariant::Select(select)) = &first {
            self.with(scope, select.with_clause());
        }
        let outputs = first.and_then(|first| self.select(parent, &first).1);
        while let Some(compound) = chain.pop() {
            if let Some(operand) = compound.rhs() {
                self.select(parent, &operand);
            }
            for tail in compound.tail_clauses() {
                self.walk(scope, tail.syntax());
            }
        }
        // The columns are those of another scope than that of the query as a whole.
        let values = outputs?.into_iter().map(|output| match output {
            Output::Value { name, .. } => Some(Output::Value { name, column: None }),
            Output::All { .. } => None,
        });
        values.collect()
    }

    /// `WITH`: its queries see what is around the query that they stand before, not its sources.
    pub(super) fn with(&mut self, scope: usize, clause: Option<ast::WithClause>) {
        let Some(clause) = clause else { return };
        let parent = self.names.scopes.get(scope).and_then(|scope| scope.parent);
        let first = self.named.len();
        let recursive = clause.recursive_token().is_some();
        if recursive {
            // Each may name itself and those behind it.
            for table in clause.with_tables() {
                self.named.extend(named_query(&table, SourceRelation::Opaque));
            }
        }
        for (place, table) in clause.with_tables().enumerate() {
            let Some(query) = table.query() else { continue };
            let (inner, outputs) = self.with_query(parent, &query);
            let adds_columns = table.search_clause().is_some() || table.cycle_clause().is_some();
            let relation = if adds_columns {
                SourceRelation::Opaque
            } else {
                SourceRelation::Query { outputs, scope: inner }
            };
            let Some(named) = named_query(&table, relation) else { continue };
            match self.named.get_mut(first + place).filter(|_| recursive) {
                Some(known) => *known = named,
                None => self.named.push(named),
            }
        }
    }

    fn with_query(&mut self, parent: Option<usize>, query: &ast::WithQuery) -> (usize, Option<Vec<Output>>) {
        if let Some(query) = ast::SelectVariant::cast(query.syntax().clone()) {
            return self.select(parent, &query);
        }
        let scope = self.open(parent);
        let outputs = self.change(scope, query.syntax()).and_then(|change| change.outputs);
        (scope, outputs)
    }

    /// A table, a view, or a query that `WITH` has named.
    pub(super) fn relation(
        &mut self,
        scope: usize,
        path: Option<ast::PathRef>,
        alias: Option<Name>,
        columns: Vec<Name>,
    ) {
        let Some(table) = path.and_then(|path| object(&path)) else {
            self.names.complete = false;
            return self.add_opaque(scope, alias, columns);
        };
        let alias = alias.unwrap_or_else(|| table.name.clone());
        let named = self.named.iter().rev().find(|query| table.schema.is_none() && query.name == table.name);
        let source = match named {
            Some(query) => Source {
                alias: Some(alias),
                relation: query.relation.clone(),
                columns: if columns.is_empty() { query.columns.clone() } else { columns },
            },
            None => Source { alias: Some(alias), relation: SourceRelation::Relation(table), columns },
        };
        self.add_source(scope, source);
    }
}

fn named_query(table: &ast::WithTable, relation: SourceRelation) -> Option<NamedQuery> {
    let columns = table.column_list().into_iter().flat_map(|list| list.column_names());
    let columns = columns.filter_map(|column| name(&column)).collect();
    Some(NamedQuery { name: name(&table.name()?)?, relation, columns })
}

fn unnamed_column(place: usize) -> Output {
    Output::Value { name: Name::exact(&format!("column{place}")), column: None }
}

/// The columns that a list of results gives; `None` where one of them is `*` of a row that is computed.
pub(super) fn outputs(list: &ast::TargetList) -> Option<Vec<Output>> {
    list.targets().map(|target| output(&target)).collect()
}

fn output(target: &ast::Target) -> Option<Output> {
    let expr = target.expr();
    if expr.is_none() {
        return target.star_token().map(|_| Output::All { qualifier: None });
    }
    let column = match &expr {
        Some(ast::Expr::NameRef(column)) if super::canonical::special(column.syntax()).is_none() => {
            Some(ColumnUse { qualifier: None, name: name(column)? })
        }
        Some(ast::Expr::FieldExpr(field)) => match (qualified(field), field.star_token()) {
            (Some((table, None)), _) => return Some(Output::All { qualifier: Some(table.name) }),
            (Some((table, Some(name))), _) => Some(ColumnUse { qualifier: Some(table), name }),
            (None, Some(_)) => return None,
            (None, None) => None,
        },
        _ => None,
    };
    let (label, _) = ColumnName::from_target(target.clone())?;
    let label = label.to_string()?;
    // The server writes `xmlelement` and its like in one word.
    let label = match (&expr, label.strip_prefix("xml_")) {
        (Some(ast::Expr::CallExpr(call)), Some(rest))
            if call.expr().is_none() && target.as_name().is_none() =>
        {
            format!("xml{rest}")
        }
        _ => label,
    };
    Some(Output::Value { name: folded(&label)?, column })
}
