//! A constraint becomes a part of its table: what it names is looked up, and it gets its name.

use std::sync::Arc;

use super::{name::joined, target::duplicate};
use crate::{
    Name, QualifiedName,
    operation::Refusal,
    schema::{
        Column, Constraint, ConstraintKind, DataType, ExcludeElement, Expression, IndexTarget, Object,
        ObjectKind, Origin, Relation, Schema, Table,
    },
};

impl Schema {
    /// Gives a table a constraint, and its children what they have from it.
    ///
    /// # Errors
    ///
    /// Where the database would refuse it.
    pub(super) fn attach_constraint(
        &mut self,
        name: &QualifiedName,
        constraint: Constraint,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        let constraint = self.attach_one(name, constraint, origin)?;
        self.pass_on(name, &constraint, origin)
    }

    /// Gives one table a constraint, which is returned as it became.
    ///
    /// # Errors
    ///
    /// Where the database would refuse it.
    pub(super) fn attach_one(
        &mut self,
        name: &QualifiedName,
        mut constraint: Constraint,
        origin: Origin,
    ) -> Result<Constraint, Box<Refusal>> {
        constraint.made = origin;
        let Some(table) = self.tables.get(name).map(Arc::clone) else { return Ok(constraint) };
        self.check_demand(name, &table, &constraint.kind)?;
        self.bind_demand(name, &table, &mut constraint.kind)?;
        if self.dialect.habits().names_constraints {
            self.name_constraint(name, &table, &mut constraint)?;
        }
        match &constraint.kind {
            ConstraintKind::PrimaryKey { columns, .. } => self.refuse_null(name, columns),
            ConstraintKind::NotNull { column } => {
                let columns = self.table_mut(name).into_iter().flat_map(|table| &mut table.columns);
                columns.filter(|it| it.name == *column).for_each(|it| it.not_null = true);
            }
            _ => {}
        }
        if let Some(table) = self.table_mut(name) {
            table.constraints.push(constraint.clone());
        }
        Ok(constraint)
    }

    /// The columns of a primary key refuse null, in the children as well.
    fn refuse_null(&mut self, name: &QualifiedName, key: &[Name]) {
        let always = self.dialect.habits().keys_refuse_null;
        for child in self.descendants(name) {
            let columns = self.table_mut(&child).into_iter().flat_map(|table| &mut table.columns);
            columns.filter(|column| key.contains(&column.name)).for_each(|column| column.not_null |= always);
        }
        let Some(table) = self.table_mut(name) else { return };
        let is_rowid = |column: &Column| {
            let is_integer = |its: &DataType| its.name.name.eq_ignore_ascii_case("integer");
            key.len() == 1 && column.data_type.as_ref().is_some_and(is_integer)
        };
        let (without_rowid, strict) = (table.without_rowid, table.strict);
        for column in table.columns.iter_mut().filter(|column| key.contains(&column.name)) {
            column.not_null |= always || without_rowid || (strict && !is_rowid(column));
        }
    }

    /// Whether the columns of a constraint are there, and the table has no other primary key.
    fn check_demand(
        &self,
        name: &QualifiedName,
        table: &Table,
        kind: &ConstraintKind,
    ) -> Result<(), Box<Refusal>> {
        let keys: Vec<&Name> = match kind {
            ConstraintKind::PrimaryKey { columns, include } => {
                let is_primary =
                    |known: &&Constraint| matches!(known.kind, ConstraintKind::PrimaryKey { .. });
                if let Some(known) = table.constraints.iter().find(is_primary).filter(|_| table.known) {
                    let about = known.name.clone().map(|own| Object::Constraint(name.clone(), own));
                    return Err(Box::new(Refusal::Other {
                        rule: "duplicate-constraint",
                        message: format!("table `{name}` has a primary key already"),
                        about: Some((about.unwrap_or_else(|| Object::Table(name.clone())), known.made)),
                    }));
                }
                self.check_key(name, columns)?;
                columns.iter().chain(include).collect()
            }
            ConstraintKind::Unique { columns, include, .. } => {
                self.check_key(name, columns)?;
                columns.iter().chain(include).collect()
            }
            ConstraintKind::ForeignKey(key) => key.columns.iter().collect(),
            ConstraintKind::Exclude { elements, include, .. } => {
                let columns = elements.iter().filter_map(|element| match &element.key.target {
                    IndexTarget::Column(column) => Some(column),
                    IndexTarget::Expression(_) => None,
                });
                columns.chain(include).collect()
            }
            ConstraintKind::NotNull { column } => vec![column],
            ConstraintKind::Check { .. } => Vec::new(),
        };
        keys.into_iter().try_for_each(|column| self.check_column(name, table, column))
    }

    /// Whether each column of a key stands there once, where that is asked for.
    fn check_key(&self, name: &QualifiedName, columns: &[Name]) -> Result<(), Box<Refusal>> {
        match twice(columns).filter(|_| self.dialect.habits().binds) {
            Some(column) => Err(named_twice(name, column)),
            None => Ok(()),
        }
    }

    fn bind_demand(
        &self,
        name: &QualifiedName,
        table: &Table,
        kind: &mut ConstraintKind,
    ) -> Result<(), Box<Refusal>> {
        let expressions: Vec<&mut Expression> = match kind {
            ConstraintKind::ForeignKey(key) => return self.bind_foreign_key(name, table, key),
            ConstraintKind::Check { expression, .. } => vec![expression],
            ConstraintKind::Exclude { elements, predicate, .. } => {
                let keys = elements.iter_mut().filter_map(|element| match &mut element.key.target {
                    IndexTarget::Expression(expression) => Some(expression),
                    IndexTarget::Column(_) => None,
                });
                keys.chain(predicate).collect()
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::NotNull { .. } => Vec::new(),
        };
        for expression in expressions {
            self.check_names_over(&expression.names, Some((name, table)))?;
            self.bind_expression(expression);
        }
        Ok(())
    }

    /// Gives a constraint the name that the database gives it, or looks whether its own is free.
    fn name_constraint(
        &mut self,
        name: &QualifiedName,
        table: &Table,
        constraint: &mut Constraint,
    ) -> Result<(), Box<Refusal>> {
        let has_index = matches!(
            constraint.kind,
            ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::Exclude { .. }
        );
        let is_free = |own: &Name| table.constraint(own).is_none();
        let given = match &constraint.kind {
            // Servers before PostgreSQL 18 keep no name of a `NOT NULL`.
            ConstraintKind::NotNull { .. } => constraint.name.take().filter(is_free),
            _ => constraint.name.take(),
        };
        let own = match given {
            Some(own) => {
                self.check_constraint_is_new(name, &own)?;
                own
            }
            None => {
                constraint.named_by_database = true;
                self.made_name(name, &constraint.kind)
            }
        };
        constraint.name = Some(own.clone());
        if table.constraint(&own).is_some() {
            // An unknown statement has dropped it.
            self.remove_constraint(name, &own, Origin::NONE);
        }
        if has_index {
            let index = QualifiedName::new(name.schema.clone(), own);
            if self.check_relation_is_new(&index, ObjectKind::Constraint, false)?.is_some() {
                let (object, made) = self.object_of(&index);
                return Err(duplicate(object, made));
            }
            self.forget_relation(&index);
            self.relations.insert(index, Relation::Constraint(name.clone()));
        }
        Ok(())
    }

    fn made_name(&mut self, table: &QualifiedName, kind: &ConstraintKind) -> Name {
        match kind {
            ConstraintKind::PrimaryKey { .. } => self.new_key_name(table, "", "pkey"),
            ConstraintKind::Unique { columns, include, .. } => {
                let columns = joined(columns.iter().chain(include).map(|column| &**column));
                self.new_key_name(table, &columns, "key")
            }
            ConstraintKind::Exclude { elements, include, .. } => {
                let keys = elements.iter().map(|ExcludeElement { key, .. }| key);
                let columns = self.key_names(table, keys, include, "excl");
                self.new_key_name(table, &columns, "excl")
            }
            ConstraintKind::ForeignKey(key) => {
                let columns = joined(key.columns.iter().map(|column| &**column));
                self.new_constraint_name(table, &columns, "fkey")
            }
            ConstraintKind::Check { expression, .. } => {
                if !expression.names.complete {
                    self.unknown.patterns.push(format!("{}_*check*", table.name));
                }
                let column = only_column(expression).map(ToString::to_string);
                self.new_constraint_name(table, &column.unwrap_or_default(), "check")
            }
            ConstraintKind::NotNull { column } => self.new_constraint_name(table, column, "not_null"),
        }
    }
}

/// The first of these names that stands among them before.
pub(super) fn twice(names: &[Name]) -> Option<&Name> {
    names.iter().enumerate().find_map(|(place, name)| names.get(..place)?.contains(name).then_some(name))
}

/// The refusal of a column that a statement may name once only.
pub(super) fn named_twice(table: &QualifiedName, column: &Name) -> Box<Refusal> {
    Box::new(Refusal::Other {
        rule: "duplicate-column",
        message: format!("column `{column}` of table `{table}` is named twice"),
        about: None,
    })
}

/// The column that an expression names, where it is the only one.
fn only_column(expression: &Expression) -> Option<&Name> {
    let mut columns = expression.names.scopes.first()?.columns.iter().map(|used| &used.name);
    let first = columns.next()?;
    columns.all(|other| other == first).then_some(first)
}
