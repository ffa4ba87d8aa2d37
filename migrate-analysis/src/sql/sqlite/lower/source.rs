use migrate_core::{
    Name,
    schema::{Source, SourceRelation},
};
use sqlite3_parser::ast::{
    As, Expr, FromClause, Indexed, JoinConstraint, JoinOperator, JoinType, QualifiedName, SelectTable,
};

use super::{
    name::{is_attached, is_built_in, name, object},
    reading::Reading,
};

impl Reading {
    /// What stands behind `FROM`.
    pub(super) fn sources(&mut self, from: &FromClause<'_>) {
        if let Some(first) = from.select {
            self.nested_source(first);
        }
        for join in from.joins.as_deref().unwrap_or_default() {
            match join.operator {
                JoinOperator::Comma => self.text.comma(),
                JoinOperator::TypedJoin(kind) => self.join(kind.unwrap_or(JoinType::INNER)),
            }
            self.nested_source(&join.table);
            match &join.constraint {
                Some(JoinConstraint::On(condition)) => self.clause("ON", Some(condition)),
                Some(JoinConstraint::Using(columns)) => {
                    self.text.word("USING");
                    self.text.open();
                    self.list(columns, |reading, column| reading.column(column.0));
                    self.text.close();
                }
                None => {}
            }
        }
    }

    fn join(&mut self, kind: JoinType) {
        if kind.contains(JoinType::NATURAL) {
            self.text.word("NATURAL");
        }
        if kind.contains(JoinType::LEFT | JoinType::RIGHT) {
            self.text.word("FULL");
        } else if kind.contains(JoinType::LEFT) {
            self.text.word("LEFT");
        } else if kind.contains(JoinType::RIGHT) {
            self.text.word("RIGHT");
        } else if kind.contains(JoinType::CROSS) {
            self.text.word("CROSS");
        }
        self.text.word("JOIN");
    }

    /// One entry.
    pub(super) fn source(&mut self, source: &SelectTable<'_>) {
        match source {
            SelectTable::Table(table, alias, indexed) => {
                self.relation(table, alias.as_ref());
                match indexed {
                    Some(Indexed::IndexedBy(index)) => {
                        self.text.word("INDEXED BY");
                        self.text.name(index.0);
                    }
                    Some(Indexed::NotIndexed) => self.text.word("NOT INDEXED"),
                    None => {}
                }
            }
            SelectTable::TableCall(function, arguments, alias) => {
                self.table_function(function, arguments.unwrap_or_default(), alias.as_ref());
            }
            SelectTable::Select(select, alias) => {
                self.text.open();
                let parent = self.parent();
                let (outputs, scope) = self.select(select, parent);
                self.text.close();
                let alias = self.alias(alias.as_ref());
                self.add_source(alias, SourceRelation::Query { outputs, scope });
            }
            SelectTable::Sub(from, alias) => {
                self.text.open();
                self.sources(from);
                self.text.close();
                if let Some(alias) = self.alias(alias.as_ref()) {
                    self.add_source(Some(alias), SourceRelation::Opaque);
                }
            }
        }
    }

    /// A table or view, or what `WITH` has named.
    pub(super) fn relation(&mut self, table: &QualifiedName<'_>, alias: Option<&As<'_>>) {
        self.qualified_name(table);
        let alias = self.alias(alias).or_else(|| table.alias.as_ref().map(name));
        let named = object(table);
        let by_with = self.with.iter().rev().find(|(known, _)| *known == named.name);
        let (alias, relation) = match by_with {
            Some((name, relation)) if named.schema.is_none() => {
                (alias.or_else(|| Some(name.clone())), relation.clone())
            }
            _ if is_attached(&named) || is_built_in(&named.name) => {
                (alias.or(Some(named.name)), SourceRelation::Opaque)
            }
            _ => (alias, SourceRelation::Relation(named)),
        };
        self.add_source(alias, relation);
    }

    /// A function whose rows are selected from.
    pub(super) fn table_function(
        &mut self,
        function: &QualifiedName<'_>,
        arguments: &[Expr<'_>],
        alias: Option<&As<'_>>,
    ) {
        self.text.plain_name(function.name.0);
        self.text.open_arguments();
        self.expressions(arguments);
        self.text.close();
        let alias = self.alias(alias).unwrap_or_else(|| name(&function.name));
        self.add_source(Some(alias), SourceRelation::Opaque);
    }

    fn alias(&mut self, alias: Option<&As<'_>>) -> Option<Name> {
        let (As::As(alias) | As::Elided(alias)) = alias?;
        self.text.word("AS");
        self.text.name(alias.0);
        Some(name(alias))
    }

    pub(super) fn add_source(&mut self, alias: Option<Name>, relation: SourceRelation) {
        if let Some(scope) = self.current() {
            scope.sources.push(Source { alias, relation, columns: Vec::new() });
        }
    }
}
