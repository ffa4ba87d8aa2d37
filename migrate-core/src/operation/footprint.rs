use std::collections::BTreeSet;

use super::Operation;
use crate::{
    Name, ObjectName, QualifiedName,
    compare::compare,
    schema::{ConstraintKind, DataType, IndexTarget, Names, Object, Query, Schema, SourceRelation, Table},
};

/// What an operation reads and writes, object by object.
///
/// Two operations of which neither writes what the other reads or writes can be done in either order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// What has to be there, and as it is.
    pub reads: BTreeSet<Object>,
    /// What comes, goes or changes.
    pub writes: BTreeSet<Object>,
    /// The names that come or go in the namespace that tables, indexes and the like share.
    pub names: BTreeSet<QualifiedName>,
    /// Words of a statement that could not be read: it may read and write anything that is called so.
    pub words: BTreeSet<Name>,
    /// Whether it may read and write anything at all.
    pub everything: bool,
}

impl Footprint {
    /// Whether neither writes what the other reads or writes.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let touches = |one: &Self, other: &Self| {
            one.everything
                || one
                    .writes
                    .iter()
                    .any(|object| other.writes.contains(object) || other.reads.contains(object))
                || one.words.iter().any(|word| other.mentions(word))
        };
        !touches(self, other) && !touches(other, self) && self.names.is_disjoint(&other.names)
    }

    fn mentions(&self, word: &Name) -> bool {
        let is_called_so = |object: &Object| object.name() == word.as_str();
        self.words.contains(word)
            || self.names.iter().any(|name| name.name == *word)
            || self.reads.iter().chain(&self.writes).any(is_called_so)
    }

    /// A part of a table is nothing without the table.
    fn write(&mut self, object: Object) {
        match &object {
            Object::Column(table, _)
            | Object::Default(table, _)
            | Object::Constraint(table, _)
            | Object::Trigger(table, _)
            | Object::Policy(table, _)
            | Object::Index(_, Some(table)) => {
                self.reads.insert(Object::Table(table.clone()));
            }
            Object::EnumValue(name, _) => {
                self.reads.insert(Object::Type(name.clone()));
            }
            _ => {}
        }
        self.writes.insert(object);
    }
}

impl Operation {
    /// What it reads and writes, between the schemas before and after it.
    #[must_use]
    pub fn footprint(&self, before: &Schema, after: &Schema) -> Footprint {
        let mut footprint = Footprint::default();
        for difference in compare(before, after) {
            footprint.write(difference.object);
        }
        let relations = before.relations.changed_keys(&after.relations).into_iter();
        footprint.names.extend(
            relations.filter(|name| before.relations.get(*name) != after.relations.get(*name)).cloned(),
        );
        let mut reading = Reading { schema: after, reads: BTreeSet::new() };
        match self {
            Self::Opaque { names, patterns, everything } => {
                footprint.words.extend(names.iter().cloned());
                footprint.everything = *everything || !patterns.is_empty();
            }
            Self::Rows(change) => {
                for target in &change.targets {
                    reading.relation(target);
                    change.columns.iter().for_each(|column| reading.column(target, column));
                }
                reading.names(&change.names);
            }
            Self::Read(query) => reading.query(query),
            Self::Touch { objects, .. } => objects.iter().for_each(|(_, name, _)| reading.relation(name)),
            _ => {}
        }
        for name in before.tables.changed_keys(&after.tables) {
            if let Some(table) = after.tables.get(name) {
                reading.table(name, before.tables.get(name).map(|table| &**table), table);
            }
        }
        for name in before.views.changed_keys(&after.views) {
            if let Some(view) = after.views.get(name) {
                reading.query(&view.query);
            }
        }
        footprint.reads.append(&mut reading.reads);
        footprint
    }
}

/// Notes what definitions name.
struct Reading<'s> {
    schema: &'s Schema,
    reads: BTreeSet<Object>,
}

impl Reading<'_> {
    fn qualified(&self, name: &ObjectName) -> QualifiedName {
        let first =
            || self.schema.path.first().cloned().unwrap_or_else(|| self.schema.dialect.default_schema());
        QualifiedName::new(name.schema.clone().unwrap_or_else(first), name.name.clone())
    }

    fn relation(&mut self, name: &ObjectName) {
        let name = self.qualified(name);
        let object =
            if self.schema.views.contains_key(&name) { Object::View(name) } else { Object::Table(name) };
        self.reads.insert(object);
    }

    fn column(&mut self, table: &ObjectName, column: &Name) {
        self.reads.insert(Object::Column(self.qualified(table), column.clone()));
    }

    /// A column without a qualifier may be that of each source.
    fn names(&mut self, names: &Names) {
        for scope in &names.scopes {
            for source in &scope.sources {
                if let SourceRelation::Relation(relation) = &source.relation {
                    self.relation(relation);
                    scope.columns.iter().for_each(|used| self.column(relation, &used.name));
                }
            }
        }
        for function in &names.functions {
            let name = self.qualified(function);
            self.reads.insert(Object::FunctionNamed(name));
        }
        names.types.iter().for_each(|data_type| self.data_type(data_type));
        for sequence in &names.sequences {
            let name = self.qualified(sequence);
            self.reads.insert(Object::Sequence(name));
        }
    }

    /// What an expression of a table names: columns of the table, first of all.
    fn own_names(&mut self, table: &QualifiedName, names: &Names) {
        for used in names.scopes.first().into_iter().flat_map(|scope| &scope.columns) {
            self.reads.insert(Object::Column(table.clone(), used.name.clone()));
        }
        self.names(names);
    }

    fn query(&mut self, query: &Query) {
        self.names(&query.names);
    }

    fn data_type(&mut self, data_type: &DataType) {
        let name = self.qualified(&data_type.name);
        if self.schema.types.contains_key(&name) {
            self.reads.insert(Object::Type(name));
        }
    }

    /// What the new parts of a table name.
    fn table(&mut self, name: &QualifiedName, before: Option<&Table>, after: &Table) {
        for column in &after.columns {
            if before.is_some_and(|before| before.columns.contains(column)) {
                continue;
            }
            column.data_type.iter().for_each(|data_type| self.data_type(data_type));
            column.default.iter().for_each(|default| self.names(&default.names));
        }
        for constraint in &after.constraints {
            if before.is_some_and(|before| before.constraints.contains(constraint)) {
                continue;
            }
            match &constraint.kind {
                ConstraintKind::ForeignKey(key) => {
                    self.relation(&key.table);
                    key.referenced.iter().for_each(|column| self.column(&key.table, column));
                }
                ConstraintKind::Check { expression, .. } => self.own_names(name, &expression.names),
                _ => {}
            }
        }
        let new = |name: &Name| before.and_then(|before| before.indexes.get(name)) != after.indexes.get(name);
        for index in after.indexes.values().filter(|index| new(&index.name)) {
            for key in &index.keys {
                match &key.target {
                    IndexTarget::Column(column) => {
                        self.reads.insert(Object::Column(name.clone(), column.clone()));
                    }
                    IndexTarget::Expression(expression) => self.own_names(name, &expression.names),
                }
            }
        }
        for parent in &after.inherits {
            self.reads.insert(Object::Table(parent.clone()));
        }
    }
}
