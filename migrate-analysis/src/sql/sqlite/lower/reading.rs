//! One walk over a piece of SQL, which writes its text and collects the names that it uses.

use migrate_core::{
    Name, ObjectName,
    schema::{ColumnUse, Expression, Names, Output, Query, Scope, Source, SourceRelation},
};
use sqlite3_parser::ast;

use super::{
    name::{is_attached, is_row_number, name, unquoted},
    text::Text,
};

/// How many calls deep the walk goes. What lies deeper is left out.
const DEEPEST: usize = 100;

/// What is read of a piece of SQL.
pub(super) struct Reading {
    pub(super) text: Text,
    pub(super) names: Names,
    /// The scope that names belong to at this place.
    pub(super) scope: usize,
    /// The text of the query, where that is known: what has no other name in it is called as it is written.
    pub(super) source: String,
    /// What `WITH` has named, the innermost last.
    pub(super) with: Vec<(Name, SourceRelation)>,
    depth: usize,
    exact: bool,
}

impl Reading {
    /// With one scope, to which all belongs that is read first.
    pub(super) fn new(sources: Vec<Source>) -> Self {
        let names =
            Names { scopes: vec![Scope { sources, ..Scope::default() }], complete: true, ..Names::default() };
        Self {
            text: Text::default(),
            names,
            scope: 0,
            source: String::new(),
            with: Vec::new(),
            depth: 0,
            exact: true,
        }
    }

    /// Without any scope: a query opens the first.
    pub(super) fn of_query() -> Self {
        let mut reading = Self::new(Vec::new());
        reading.names.scopes.clear();
        reading
    }

    pub(super) fn into_expression(self) -> Expression {
        Expression {
            sql: self.text.sql.into(),
            canonical: self.text.canonical.into(),
            names: self.names,
            exact: self.exact,
        }
    }

    /// `sql` is the text as it was written: the tree does not tell all of it.
    pub(super) fn into_query(self, sql: String, outputs: Option<Vec<Output>>) -> Query {
        Query {
            sql: sql.into(),
            canonical: self.text.canonical.into(),
            names: self.names,
            outputs,
            exact: self.exact,
        }
    }

    /// Opens a scope. The one that is current stays so.
    pub(super) fn open_scope(&mut self, parent: Option<usize>) -> usize {
        self.names.scopes.push(Scope { parent, ..Scope::default() });
        self.names.scopes.len() - 1
    }

    /// The current scope.
    pub(super) fn current(&mut self) -> Option<&mut Scope> {
        self.names.scopes.get_mut(self.scope)
    }

    /// The scope around the current one.
    pub(super) fn parent(&self) -> Option<usize> {
        self.names.scopes.get(self.scope)?.parent
    }

    /// Does something where names belong to another scope.
    pub(super) fn within<T>(&mut self, scope: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.scope, scope);
        let result = read(self);
        self.scope = outer;
        result
    }

    /// Does something one call deeper; leaves it out where that is too deep.
    pub(super) fn deeper(&mut self, read: impl FnOnce(&mut Self)) {
        if self.depth == DEEPEST {
            self.exact = false;
            self.names.complete = false;
            self.text.word("..");
            return;
        }
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }

    /// A comma between any two.
    pub(super) fn list<T>(&mut self, items: &[T], mut read: impl FnMut(&mut Self, &T)) {
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.text.comma();
            }
            read(self, item);
        }
    }

    /// A name that may stand for a column.
    pub(super) fn column(&mut self, raw: &str) {
        self.text.name(raw);
        let name = Name::caseless(&unquoted(raw));
        let is_word = |word: &str| raw.eq_ignore_ascii_case(word);
        let is_maybe = raw.starts_with('"') || is_word("true") || is_word("false") || is_row_number(&name);
        let Some(scope) = self.current() else { return };
        if is_maybe {
            scope.maybe_columns.push(name);
        } else {
            scope.columns.push(ColumnUse { qualifier: None, name });
        }
    }

    /// A column behind the name of its table, and perhaps that of its schema.
    pub(super) fn qualified_column(
        &mut self,
        schema: Option<&ast::Name<'_>>,
        table: &ast::Name<'_>,
        column: &ast::Name<'_>,
    ) {
        if let Some(schema) = schema {
            self.text.name(schema.0);
            self.text.dot();
        }
        self.text.name(table.0);
        self.text.dot();
        self.text.name(column.0);
        let schema = schema.map(name).filter(|schema| schema.identity() != "main");
        let qualifier = ObjectName { schema, name: name(table) };
        let column = name(column);
        if is_attached(&qualifier) {
            return;
        }
        let Some(scope) = self.current() else { return };
        if is_row_number(&column) {
            scope.maybe_columns.push(column);
        } else {
            scope.columns.push(ColumnUse { qualifier: Some(qualifier), name: column });
        }
    }

    pub(super) fn qualified_name(&mut self, tree: &ast::QualifiedName<'_>) {
        if let Some(schema) = &tree.db_name {
            // `main` is where objects are anyway.
            if name(schema).identity() != "main" {
                self.text.name(schema.0);
                self.text.dot();
            }
        }
        self.text.name(tree.name.0);
    }
}
