//! Statements that change rows.

use migrate_core::{
    Name, ObjectName,
    operation::{Operation, RowChange, RowVerb},
    schema::{ColumnUse, Names, Output, Source, SourceRelation},
};
use squawk_syntax::{
    SyntaxKind, SyntaxNode,
    ast::{self, AstNode},
};

use super::{
    name::{name, object},
    scope::Collector,
    select::outputs,
};

/// What a statement changes, apart from what it names.
pub(super) struct Change {
    verb: RowVerb,
    target: ObjectName,
    columns: Vec<Name>,
    values: Option<usize>,
    conflict: Vec<Name>,
    /// What `RETURNING` gives.
    pub(super) outputs: Option<Vec<Output>>,
}

/// `INSERT`, `UPDATE`, `DELETE`, `MERGE`.
pub(super) fn row_change(node: &SyntaxNode) -> Option<Vec<Operation>> {
    let mut collector = Collector::new();
    let scope = collector.open(None);
    let change = collector.change(scope, node)?;
    Some(vec![Operation::Rows(Box::new(RowChange {
        verb: change.verb,
        targets: vec![change.target],
        columns: change.columns,
        values: change.values,
        conflict: change.conflict,
        names: collector.names,
    }))])
}

/// `TRUNCATE`.
pub(super) fn truncate(truncate: &ast::Truncate) -> Option<Vec<Operation>> {
    let tables = truncate.table_list()?.table_relation_names();
    let targets = tables.map(|table| object(&table.table_name_ref()?.path_ref()?)).collect::<Option<_>>()?;
    Some(vec![plain(RowVerb::Truncate, targets, Vec::new())])
}

/// `COPY`: rows that come in; what goes out is read.
pub(super) fn copy(copy: &ast::Copy) -> Option<Vec<Operation>> {
    let Some(table) = copy.copy_table() else {
        let query = copy.copy_query()?.preparable_stmt()?;
        return match ast::SelectVariant::cast(query.syntax().clone()) {
            Some(query) => Some(vec![Operation::Read(Box::new(super::query::query(&query)))]),
            None => row_change(query.syntax()),
        };
    };
    let target = object(&table.table_name_ref()?.path_ref()?)?;
    let columns = table.column_ref_list().into_iter().flat_map(|list| list.column_name_refs());
    let columns = columns.map(|column| name(&column)).collect::<Option<_>>()?;
    Some(vec![plain(RowVerb::Copy, vec![target], columns)])
}

fn plain(verb: RowVerb, targets: Vec<ObjectName>, columns: Vec<Name>) -> Operation {
    let names = Names { complete: true, ..Names::default() };
    Operation::Rows(Box::new(RowChange { verb, targets, columns, values: None, conflict: Vec::new(), names }))
}

impl Collector {
    /// Gathers what a statement names that changes rows into a scope that is open for it: the scope of its target.
    pub(super) fn change(&mut self, scope: usize, node: &SyntaxNode) -> Option<Change> {
        let seen = self.named.len();
        let node = node.clone();
        let change = match node.kind() {
            SyntaxKind::INSERT => self.insert(scope, &ast::Insert::cast(node)?),
            SyntaxKind::UPDATE => self.update(scope, &ast::Update::cast(node)?),
            SyntaxKind::DELETE => self.delete(scope, &ast::Delete::cast(node)?),
            SyntaxKind::MERGE => self.merge(scope, &ast::Merge::cast(node)?),
            _ => None,
        };
        self.named.truncate(seen);
        change
    }

    fn insert(&mut self, scope: usize, insert: &ast::Insert) -> Option<Change> {
        let path = insert.relation_name_ref()?.path_ref()?;
        let alias = insert.alias().and_then(|alias| alias.name()).and_then(|alias| name(&alias));
        self.with(scope, insert.with_clause());
        let target = self.target(scope, &path, alias)?;
        let columns = match insert.column_target_list() {
            Some(list) => column_targets(list.column_targets())?,
            None => Vec::new(),
        };
        let mut values = None;
        if let Some(ast::InsertSource::SelectVariant(query)) = insert.insert_source() {
            values = width(&query);
            let parent = self.names.scopes.get(scope).and_then(|scope| scope.parent);
            self.select(parent, &query);
        }
        let mut conflict = Vec::new();
        if let Some(clause) = insert.on_conflict_clause() {
            conflict = plain_keys(&clause).unwrap_or_default();
            if let Some(ast::ConflictTarget::ConflictOnIndex(keys)) = clause.conflict_target() {
                self.walk(scope, keys.syntax());
            }
            let inner = self.open(Some(scope));
            let excluded =
                Source { alias: Some(Name::exact("excluded")), ..whole_table(target.clone(), None) };
            self.add_source(inner, excluded);
            if let Some(action) = clause.conflict_action() {
                self.walk(inner, action.syntax());
            }
        }
        // What it sets is of the target as well; values are counted for the others.
        if let Some(ast::ConflictAction::ConflictDoUpdateSet(update)) =
            insert.on_conflict_clause().and_then(|clause| clause.conflict_action())
        {
            for name in set_columns(update.set_clause())? {
                self.add_use(scope, ColumnUse { qualifier: None, name });
            }
        }
        let outputs = self.returning(scope, insert.returning_clause());
        Some(Change { verb: RowVerb::Insert, target, columns, values, conflict, outputs })
    }

    fn update(&mut self, scope: usize, update: &ast::Update) -> Option<Change> {
        let path = update.relation_name()?.relation_name_ref()?.path_ref()?;
        let alias = update.alias().and_then(|alias| alias.name()).and_then(|alias| name(&alias));
        self.with(scope, update.with_clause());
        let target = self.target(scope, &path, alias)?;
        if let Some(from) = update.from_clause() {
            self.sources(scope, from.items());
        }
        let columns = set_columns(update.set_clause())?;
        if let Some(set) = update.set_clause() {
            self.walk(scope, set.syntax());
        }
        if let Some(ast::WhereClauseOrCurrentOf::WhereClause(condition)) = update.where_clause_or_current_of()
        {
            self.walk(scope, condition.syntax());
        }
        let outputs = self.returning(scope, update.returning_clause());
        Some(Change { verb: RowVerb::Update, target, columns, values: None, conflict: Vec::new(), outputs })
    }

    fn delete(&mut self, scope: usize, delete: &ast::Delete) -> Option<Change> {
        let path = delete.relation_name()?.relation_name_ref()?.path_ref()?;
        let alias = delete.alias().and_then(|alias| alias.name()).and_then(|alias| name(&alias));
        self.with(scope, delete.with_clause());
        let target = self.target(scope, &path, alias)?;
        if let Some(using) = delete.using_clause() {
            self.sources(scope, using.items());
        }
        if let Some(ast::WhereClauseOrCurrentOf::WhereClause(condition)) = delete.where_clause_or_current_of()
        {
            self.walk(scope, condition.syntax());
        }
        let outputs = self.returning(scope, delete.returning_clause());
        let columns = Vec::new();
        Some(Change { verb: RowVerb::Delete, target, columns, values: None, conflict: Vec::new(), outputs })
    }

    fn merge(&mut self, scope: usize, merge: &ast::Merge) -> Option<Change> {
        let path = merge.table_relation_name()?.table_name_ref()?.path_ref()?;
        let alias = merge.alias().and_then(|alias| alias.name()).and_then(|alias| name(&alias));
        self.with(scope, merge.with_clause());
        let target = self.target(scope, &path, alias)?;
        let using = merge.using_on_clause()?;
        self.sources(scope, using.from_list_item().into_iter());
        self.walk(scope, using.on_clause()?.syntax());
        let mut columns = Vec::new();
        for when in merge.merge_when_clauses() {
            let action = when.syntax().children().find_map(ast::MergeAction::cast);
            match action {
                Some(ast::MergeAction::MergeUpdate(update)) => {
                    columns.extend(set_columns(update.set_clause())?);
                }
                Some(ast::MergeAction::MergeInsert(insert)) => {
                    let list = insert.column_target_list();
                    columns.extend(column_targets(list.into_iter().flat_map(|list| list.column_targets()))?);
                    if let Some(values) = insert.values() {
                        for row in values.row_list().into_iter().flat_map(|rows| rows.rows()) {
                            self.walk(scope, row.syntax());
                        }
                        continue;
                    }
                }
                _ => {}
            }
            self.walk(scope, when.syntax());
        }
        let outputs = self.returning(scope, merge.returning_clause());
        Some(Change { verb: RowVerb::Merge, target, columns, values: None, conflict: Vec::new(), outputs })
    }

    /// The table whose rows are changed: never a query that `WITH` has named.
    fn target(&mut self, scope: usize, path: &ast::PathRef, alias: Option<Name>) -> Option<ObjectName> {
        let target = object(path)?;
        self.add_source(scope, whole_table(target.clone(), alias));
        Some(target)
    }

    fn returning(&mut self, scope: usize, clause: Option<ast::ReturningClause>) -> Option<Vec<Output>> {
        let clause = clause?;
        let list = clause.target_list()?;
        if clause.syntax().descendants_with_tokens().any(|element| is_old_or_new(element.as_token())) {
            for word in ["old", "new"] {
                self.add_opaque(scope, Some(Name::exact(word)), Vec::new());
            }
        }
        for option in clause.returning_option_list().into_iter().flat_map(|list| list.returning_options()) {
            self.add_opaque(scope, option.name().and_then(|alias| name(&alias)), Vec::new());
        }
        self.walk(scope, list.syntax());
        outputs(&list)
    }
}

fn is_old_or_new(token: Option<&squawk_syntax::SyntaxToken>) -> bool {
    token.is_some_and(|token| {
        token.text().eq_ignore_ascii_case("old") || token.text().eq_ignore_ascii_case("new")
    })
}

fn whole_table(table: ObjectName, alias: Option<Name>) -> Source {
    let alias = alias.unwrap_or_else(|| table.name.clone());
    Source { alias: Some(alias), relation: SourceRelation::Relation(table), columns: Vec::new() }
}

/// How many values each row has; `None` where it is not `VALUES`, or the rows differ.
fn width(query: &ast::SelectVariant) -> Option<usize> {
    let ast::SelectVariant::Values(values) = query else { return None };
    let mut widths = values.row_list()?.rows().map(|row| row.exprs().count());
    let first = widths.next()?;
    widths.all(|width| width == first).then_some(first)
}

/// The columns of `ON CONFLICT (..)`, where they are no more than that.
fn plain_keys(clause: &ast::OnConflictClause) -> Option<Vec<Name>> {
    let Some(ast::ConflictTarget::ConflictOnIndex(keys)) = clause.conflict_target() else { return None };
    if keys.where_clause().is_some() {
        return None;
    }
    let items = keys.conflict_index_item_list()?.conflict_index_items();
    let columns = items.map(|item| match (item.expr()?, item.collate(), item.op_class_ref()) {
        (ast::Expr::NameRef(column), None, None) => name(&column),
        _ => None,
    });
    columns.collect()
}

fn column_targets(targets: impl Iterator<Item = ast::ColumnTarget>) -> Option<Vec<Name>> {
    targets.map(|target| name(&target.name()?)).collect()
}

fn set_columns(clause: Option<ast::SetClause>) -> Option<Vec<Name>> {
    let mut columns = Vec::new();
    for set in clause?.set_column_list()?.set_columns() {
        match set {
            ast::SetColumn::SetSingleColumn(single) => columns.push(name(&single.column_target()?.name()?)?),
            ast::SetColumn::SetMultipleColumns(several) => {
                columns.extend(column_targets(several.column_target_list()?.column_targets())?);
            }
        }
    }
    Some(columns)
}
