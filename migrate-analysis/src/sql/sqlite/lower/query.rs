use migrate_core::{
    Name,
    schema::{ColumnUse, Output, Query, Source, SourceRelation},
};
use sqlite3_parser::ast::{
    As, Distinctness, Expr, Limit, Materialized, NullsOrder, OneSelect, ResultColumn, Select, SortOrder,
    SortedColumn, With,
};

use super::{name::name, operator, reading::Reading};

/// A query that stands by itself; `sql` is its text.
pub(super) fn query(tree: &Select<'_>, sql: String) -> Query {
    let mut reading = Reading::of_query();
    reading.source.clone_from(&sql);
    let (outputs, _) = reading.select(tree, None);
    reading.into_query(sql, outputs)
}

impl Reading {
    /// Reads a query; answers with what it gives, and with its scope. `parent` is the scope around it.
    pub(super) fn select(
        &mut self,
        select: &Select<'_>,
        parent: Option<usize>,
    ) -> (Option<Vec<Output>>, usize) {
        let scope = self.open_scope(parent);
        let outer = self.with.len();
        if let Some(with) = &select.with {
            self.with(with, parent);
        }
        let outputs = self.within(scope, |reading| reading.arm(&select.body.select));
        let arms = select.body.compounds.as_deref().unwrap_or_default();
        for arm in arms {
            self.text.word(operator::compound(arm.operator));
            let scope = self.open_scope(parent);
            self.within(scope, |reading| reading.arm(&arm.select));
        }
        // The terms of `ORDER BY` are those of any of the arms.
        let last = if arms.is_empty() { scope } else { self.open_scope(parent) };
        self.within(last, |reading| {
            if !arms.is_empty()
                && let Some(scope) = reading.current()
            {
                scope.sources.push(Source {
                    alias: None,
                    relation: SourceRelation::Opaque,
                    columns: Vec::new(),
                });
            }
            if let Some(terms) = select.order_by {
                reading.order_by(terms);
            }
            if let Some(limit) = select.limit {
                reading.limit(limit);
            }
        });
        self.with.truncate(outer);
        (outputs, scope)
    }

    /// `WITH`. All of its names may be used in each of its queries.
    pub(super) fn with(&mut self, with: &With<'_>, parent: Option<usize>) {
        self.text.word(if with.recursive { "WITH RECURSIVE" } else { "WITH" });
        let first = self.with.len();
        for query in with.ctes {
            self.with.push((name(&query.tbl_name), SourceRelation::Opaque));
        }
        for (place, query) in with.ctes.iter().enumerate() {
            if place > 0 {
                self.text.comma();
            }
            self.text.name(query.tbl_name.0);
            if let Some(columns) = query.columns {
                self.text.open();
                self.list(columns, |reading, column| reading.text.name(column.col_name.0));
                self.text.close();
            }
            self.text.word("AS");
            match query.materialized {
                Materialized::Any => {}
                Materialized::Yes => self.text.word("MATERIALIZED"),
                Materialized::No => self.text.word("NOT MATERIALIZED"),
            }
            self.text.open();
            let (mut outputs, scope) = self.select(query.select, parent);
            self.text.close();
            if let Some(columns) = query.columns {
                let named = |name| Output::Value { name, column: None };
                outputs = Some(columns.iter().map(|column| named(name(&column.col_name))).collect());
            }
            if let Some((_, relation)) = self.with.get_mut(first + place) {
                *relation = SourceRelation::Query { outputs, scope };
            }
        }
    }

    /// One `SELECT`, or `VALUES`.
    fn arm(&mut self, arm: &OneSelect<'_>) -> Option<Vec<Output>> {
        match arm {
            OneSelect::Values(rows) => {
                self.text.word("VALUES");
                self.list(rows, |reading, row| {
                    reading.text.open();
                    reading.expressions(row);
                    reading.text.close();
                });
                let columns = rows.first().map_or(0, sqlite3_parser::Vec::len);
                let called = |place| Name::caseless(&format!("column{place}"));
                Some((1..=columns).map(|place| Output::Value { name: called(place), column: None }).collect())
            }
            OneSelect::Select {
                distinctness,
                columns,
                from,
                where_clause,
                group_by,
                having,
                window_clause,
            } => {
                self.text.word("SELECT");
                if matches!(distinctness, Some(Distinctness::Distinct)) {
                    self.text.word("DISTINCT");
                }
                let outputs = self.results(columns);
                if let Some(from) = from {
                    self.text.word("FROM");
                    self.sources(from);
                }
                self.clause("WHERE", *where_clause);
                if let Some(terms) = group_by {
                    self.text.word("GROUP BY");
                    self.expressions(terms);
                }
                self.clause("HAVING", *having);
                if let Some(windows) = window_clause {
                    self.windows(windows);
                }
                outputs
            }
        }
    }

    /// A list of results; what they are called, where that can be told of all of them.
    pub(super) fn results(&mut self, columns: &[ResultColumn<'_>]) -> Option<Vec<Output>> {
        let mut outputs = Vec::new();
        self.list(columns, |reading, column| outputs.push(reading.result(column)));
        outputs.into_iter().collect()
    }

    fn result(&mut self, result: &ResultColumn<'_>) -> Option<Output> {
        match result {
            ResultColumn::Star => {
                self.text.word("*");
                Some(Output::All { qualifier: None })
            }
            ResultColumn::TableStar(table) => {
                self.text.name(table.0);
                self.text.dot();
                self.text.word("*");
                Some(Output::All { qualifier: Some(name(table)) })
            }
            ResultColumn::Expr(expression, alias) => {
                let start = self.text.sql.len();
                self.expression(expression);
                let column = plain_column(expression);
                let name = if let Some(alias) = alias {
                    let (As::As(alias) | As::Elided(alias)) = alias;
                    self.text.word("AS");
                    self.text.name(alias.0);
                    let alias = name(alias);
                    if let Some(scope) = self.current() {
                        scope.aliases.push(alias.clone());
                    }
                    alias
                } else if let Some(column) = &column {
                    column.name.clone()
                } else {
                    let written = self.text.sql.get(start..).unwrap_or_default().trim();
                    if !self.source.contains(written) {
                        return None;
                    }
                    Name::caseless(written)
                };
                Some(Output::Value { name, column })
            }
        }
    }

    pub(super) fn clause(&mut self, word: &str, expression: Option<&Expr<'_>>) {
        if let Some(expression) = expression {
            self.text.word(word);
            self.expression(expression);
        }
    }

    pub(super) fn order_by(&mut self, terms: &[SortedColumn<'_>]) {
        self.text.word("ORDER BY");
        self.sorted(terms);
    }

    pub(super) fn sorted(&mut self, terms: &[SortedColumn<'_>]) {
        self.list(terms, |reading, term| {
            reading.expression(&term.expr);
            if matches!(term.order, Some(SortOrder::Desc)) {
                reading.text.word("DESC");
            }
            match term.nulls {
                Some(NullsOrder::First) => reading.text.word("NULLS FIRST"),
                Some(NullsOrder::Last) => reading.text.word("NULLS LAST"),
                None => {}
            }
        });
    }

    pub(super) fn limit(&mut self, limit: &Limit<'_>) {
        self.clause("LIMIT", Some(&limit.expr));
        self.clause("OFFSET", limit.offset.as_ref());
    }
}

/// The column that an expression is, where it is nothing else.
fn plain_column(expression: &Expr<'_>) -> Option<ColumnUse> {
    match expression {
        Expr::Id(id) => {
            Some(ColumnUse { qualifier: None, name: Name::caseless(&super::name::unquoted(id.0)) })
        }
        Expr::Qualified(table, column) => Some(ColumnUse {
            qualifier: Some(migrate_core::ObjectName::bare(name(table))),
            name: name(column),
        }),
        Expr::Parenthesized(inner) => match inner.as_slice() {
            [one] => plain_column(one),
            _ => None,
        },
        _ => None,
    }
}
