use migrate_core::{
    Name,
    operation::{Operation, RowChange, RowVerb},
    schema::{ColumnUse, Source, SourceRelation},
};
use sqlite3_parser::ast::{
    DistinctNames, Expr, FromClause, InsertBody, OneSelect, QualifiedName, ResolveType, ResultColumn, Select,
    Set, SortedColumn, Stmt, Upsert, UpsertDo, With,
};

use super::{
    name::{is_attached, is_built_in, is_row_number, is_schema_table, name, object, unquoted},
    operator,
    reading::Reading,
    stop::Stop,
};
use crate::sql::lowered::OpaqueReason;

/// The parts of an `INSERT`.
pub(super) struct Insert<'t, 'b> {
    pub(super) with: Option<&'t With<'b>>,
    pub(super) target: &'t QualifiedName<'b>,
    pub(super) columns: Option<&'t DistinctNames<'b>>,
    pub(super) body: Option<&'t InsertBody<'b>>,
    pub(super) returning: Option<&'t [ResultColumn<'b>]>,
}

/// The parts of an `UPDATE`.
pub(super) struct Update<'t, 'b> {
    pub(super) with: Option<&'t With<'b>>,
    pub(super) target: &'t QualifiedName<'b>,
    pub(super) sets: &'t [Set<'b>],
    pub(super) from: Option<&'t FromClause<'b>>,
    pub(super) condition: Option<&'t Expr<'b>>,
    pub(super) returning: Option<&'t [ResultColumn<'b>]>,
}

/// What an `INSERT` says of its target.
pub(super) struct Filled {
    pub(super) columns: Vec<Name>,
    values: Option<usize>,
    conflict: Vec<Name>,
}

/// `INSERT`, `REPLACE`.
pub(super) fn insert(tree: &Insert<'_, '_>) -> Result<Vec<Operation>, Stop> {
    let mut reading = Reading::of_query();
    let source = match tree.body {
        Some(InsertBody::Select(select, upsert)) => Some((*select, *upsert)),
        _ => None,
    };
    let (filled, _) = reading.insert(tree, source, None);
    change(tree.target, RowVerb::Insert, filled, reading)
}

/// `UPDATE`.
pub(super) fn update(tree: &Stmt<'_>) -> Result<Vec<Operation>, Stop> {
    let Stmt::Update { with, tbl_name, sets, from, where_clause, returning, .. } = tree else {
        return Ok(Vec::new());
    };
    let mut reading = Reading::of_query();
    let update = Update {
        with: with.as_ref(),
        target: tbl_name,
        sets,
        from: from.as_ref(),
        condition: where_clause.as_ref(),
        returning: *returning,
    };
    let (columns, _) = reading.update(&update, None);
    change(tbl_name, RowVerb::Update, Filled { columns, values: None, conflict: Vec::new() }, reading)
}

/// `DELETE`.
pub(super) fn delete(tree: &Stmt<'_>) -> Result<Vec<Operation>, Stop> {
    let Stmt::Delete { with, tbl_name, where_clause, returning, .. } = tree else { return Ok(Vec::new()) };
    let mut reading = Reading::of_query();
    if let Some(with) = with {
        reading.with(with, None);
    }
    reading.delete(tbl_name, where_clause.as_ref(), *returning, None);
    let filled = Filled { columns: Vec::new(), values: None, conflict: Vec::new() };
    change(tbl_name, RowVerb::Delete, filled, reading)
}

fn change(
    target: &QualifiedName<'_>,
    verb: RowVerb,
    filled: Filled,
    reading: Reading,
) -> Result<Vec<Operation>, Stop> {
    let target = object(target);
    if is_schema_table(&target.name) {
        // With `PRAGMA writable_schema`, anything may have become anything.
        return Err(Stop::Opaque(OpaqueReason::Code));
    }
    if is_attached(&target) || is_built_in(&target.name) {
        return Ok(Vec::new());
    }
    let Filled { columns, values, conflict } = filled;
    Ok(vec![Operation::Rows(Box::new(RowChange {
        verb,
        targets: vec![target],
        columns,
        values,
        conflict,
        names: reading.names,
    }))])
}

impl Reading {
    pub(super) fn conflict(&mut self, kind: Option<ResolveType>) {
        if let Some(kind) = kind {
            self.text.word("OR");
            self.text.word(operator::resolution(kind));
        }
    }

    /// Notes that columns are set. SQLite does not look at those that a trigger sets before the trigger runs.
    pub(super) fn use_columns(&mut self, scope: usize, columns: Vec<Name>) {
        let Some(scope) = self.names.scopes.get_mut(scope) else { return };
        if scope.parent.is_some() {
            scope.maybe_columns.extend(columns);
            return;
        }
        let plain = columns.into_iter().filter(|column| !is_row_number(column));
        scope.columns.extend(plain.map(|name| ColumnUse { qualifier: None, name }));
    }

    /// Reads an `INSERT`; answers with the scope that its target is a source of.
    pub(super) fn insert(
        &mut self,
        insert: &Insert<'_, '_>,
        source: Option<(&Select<'_>, Option<&Upsert<'_>>)>,
        parent: Option<usize>,
    ) -> (Filled, usize) {
        let scope = self.open_scope(parent);
        if let Some(with) = insert.with {
            self.with(with, parent);
        }
        self.text.word("INSERT INTO");
        self.within(scope, |reading| reading.target(insert.target));
        let columns: Vec<Name> =
            insert.columns.map_or_else(Vec::new, |columns| columns.iter().map(name).collect());
        if let Some(columns) = insert.columns {
            self.text.open();
            self.list(columns, |reading, column| reading.text.name(column.0));
            self.text.close();
        }
        let (mut values, mut conflict) = (None, Vec::new());
        if let Some((select, upsert)) = source {
            self.select(select, parent);
            values = count(select);
            if let Some(upsert) = upsert {
                conflict = self.within(scope, |reading| reading.upsert(upsert, insert.target));
            }
        } else {
            self.text.word("DEFAULT VALUES");
        }
        self.within(scope, |reading| reading.returning(insert.returning));
        (Filled { columns, values, conflict }, scope)
    }

    /// Reads an `UPDATE`; answers with the columns that it sets, and the scope that its target is a source of.
    pub(super) fn update(&mut self, update: &Update<'_, '_>, parent: Option<usize>) -> (Vec<Name>, usize) {
        let scope = self.open_scope(parent);
        if let Some(with) = update.with {
            self.with(with, parent);
        }
        self.text.word("UPDATE");
        let columns = self.within(scope, |reading| {
            reading.target(update.target);
            let columns = reading.sets(update.sets);
            if let Some(from) = update.from {
                reading.text.word("FROM");
                reading.sources(from);
            }
            reading.clause("WHERE", update.condition);
            reading.returning(update.returning);
            columns
        });
        (columns, scope)
    }

    /// Reads a `DELETE`.
    pub(super) fn delete(
        &mut self,
        target: &QualifiedName<'_>,
        condition: Option<&Expr<'_>>,
        returning: Option<&[ResultColumn<'_>]>,
        parent: Option<usize>,
    ) {
        let scope = self.open_scope(parent);
        self.text.word("DELETE FROM");
        self.within(scope, |reading| {
            reading.target(target);
            reading.clause("WHERE", condition);
            reading.returning(returning);
        });
    }

    /// The table whose rows are changed; it is no name of `WITH`.
    fn target(&mut self, table: &QualifiedName<'_>) {
        self.qualified_name(table);
        if let Some(alias) = &table.alias {
            self.text.word("AS");
            self.text.name(alias.0);
        }
        let (alias, relation) = target_source(table);
        self.add_source(alias, relation);
    }

    fn sets(&mut self, sets: &[Set<'_>]) -> Vec<Name> {
        self.text.word("SET");
        let mut columns = Vec::new();
        self.list(sets, |reading, set| {
            columns.extend(set.col_names.iter().map(name));
            reading.text.open();
            reading.list(&set.col_names, |reading, column| reading.text.name(column.0));
            reading.text.close();
            reading.text.word("=");
            reading.expression(&set.expr);
        });
        columns
    }

    /// Answers with the columns that the first conflict is about, where they are plain ones.
    fn upsert(&mut self, upsert: &Upsert<'_>, target: &QualifiedName<'_>) -> Vec<Name> {
        let (_, relation) = target_source(target);
        let alias = Some(Name::caseless("excluded"));
        if let Some(scope) = self.current() {
            scope.sources.push(Source { alias, relation, columns: Vec::new() });
        }
        let mut conflict = Vec::new();
        let mut next = Some(upsert);
        while let Some(upsert) = next {
            self.text.word("ON CONFLICT");
            if let Some(index) = &upsert.index {
                if conflict.is_empty() && index.where_clause.is_none() {
                    conflict = plain(index.targets);
                }
                self.text.open();
                self.sorted(index.targets);
                self.text.close();
                self.clause("WHERE", index.where_clause.as_ref());
            }
            match &upsert.do_clause {
                UpsertDo::Nothing => self.text.word("DO NOTHING"),
                UpsertDo::Set { sets, where_clause } => {
                    self.text.word("DO UPDATE");
                    let columns = self.sets(sets);
                    let scope = self.scope;
                    self.use_columns(scope, columns);
                    self.clause("WHERE", where_clause.as_ref());
                }
            }
            next = upsert.next;
        }
        conflict
    }

    fn returning(&mut self, results: Option<&[ResultColumn<'_>]>) {
        if let Some(results) = results {
            self.text.word("RETURNING");
            self.results(results);
        }
    }
}

fn target_source(table: &QualifiedName<'_>) -> (Option<Name>, SourceRelation) {
    let alias = table.alias.as_ref().map(name);
    let table = object(table);
    if is_attached(&table) || is_built_in(&table.name) {
        (alias.or(Some(table.name)), SourceRelation::Opaque)
    } else {
        (alias, SourceRelation::Relation(table))
    }
}

/// How many values each row has.
fn count(select: &Select<'_>) -> Option<usize> {
    match &select.body.select {
        OneSelect::Values(rows) => rows.first().map(sqlite3_parser::Vec::len),
        OneSelect::Select { columns, .. } => {
            columns.iter().all(|column| matches!(column, ResultColumn::Expr(..))).then_some(columns.len())
        }
    }
}

/// The columns of a list of nothing but those.
fn plain(terms: &[SortedColumn<'_>]) -> Vec<Name> {
    let column = |term: &SortedColumn<'_>| match &term.expr {
        Expr::Id(id) => Some(Name::caseless(&unquoted(id.0))).filter(|name| !is_row_number(name)),
        _ => None,
    };
    terms.iter().map(column).collect::<Option<_>>().unwrap_or_default()
}
