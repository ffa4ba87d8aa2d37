//! Making a table: its columns in order, what is made along with them, then its constraints as the server makes them.

use std::sync::Arc;

use super::{Outcome, column_change::doubt_truth, like::Copied, target::duplicate};
use crate::{
    Name, QualifiedName,
    operation::{ColumnDefinition, CreateIndex, Refusal, TableDefinition, TableSource},
    schema::{Column, Constraint, ConstraintKind, Object, Origin, Partition, Relation, Schema, Table},
};

impl Schema {
    /// Makes a table under a name that is free.
    ///
    /// # Errors
    ///
    /// Where the database would refuse it; the schema may be changed in part then.
    pub(super) fn make_table(
        &mut self,
        name: &QualifiedName,
        definition: &TableDefinition,
        origin: Origin,
    ) -> Outcome {
        let mut table = Table {
            persistence: definition.persistence,
            partition: definition.partition.clone(),
            without_rowid: definition.without_rowid,
            strict: definition.strict,
            module: definition.module.clone(),
            known: definition.module.is_none(),
            ..Table::empty(origin)
        };
        let mut constraints = self.inherited(&mut table, &definition.inherits)?;
        let inherited = table.columns.len();
        let mut copies = Vec::new();
        for place in 0..=definition.columns.len() {
            for (_, like) in definition.likes.iter().filter(|(before, _)| *before == place) {
                let mut copied = self.copied(like)?;
                for column in std::mem::take(&mut copied.columns) {
                    let column = self.numbered(name, column, origin);
                    self.count_anew(&column);
                    add(&mut table, name, column, inherited)?;
                }
                table.known &= copied.known;
                copies.push(copied);
            }
            if let Some(declared) = definition.columns.get(place) {
                let column = self.new_column(name, declared, origin)?;
                add(&mut table, name, column, inherited)?;
            }
        }
        if let Some(source) = &definition.source {
            self.columns_of_source(&mut table, source, origin)?;
        }
        for place in 0..table.columns.len() {
            self.complete_column(name, &mut table, place)?;
        }
        table.partitioning.clone_from(&definition.partitioning);
        self.complete_partitioning(name, &mut table)?;
        self.tables.insert(name.clone(), Arc::new(table));
        self.relations.insert(name.clone(), Relation::Table);
        constraints.extend(definition.columns.iter().flat_map(|column| column.constraints.iter().cloned()));
        constraints.extend(definition.constraints.iter().cloned());
        let mut constraints = self.in_order(constraints);
        // What is copied comes before what refers to others, and all of it is made.
        let is_reference = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_));
        let place = constraints.iter().position(is_reference).unwrap_or(constraints.len());
        let copied = copies.iter_mut().flat_map(|copied| std::mem::take(&mut copied.constraints));
        constraints.splice(place..place, copied.collect::<Vec<_>>());
        for constraint in constraints {
            self.attach_constraint(name, constraint, origin)?;
        }
        self.copy_indexes(name, copies, origin)?;
        if definition.module.is_some() {
            // A module keeps its rows in tables of its own.
            self.unknown.patterns.push(format!("{}_*", name.name.identity()));
        }
        self.parts_of_parent(name, origin)?;
        Ok(Vec::new())
    }

    /// The column that a statement declares, with what the database makes along with it.
    ///
    /// # Errors
    ///
    /// Where there is no such type.
    pub(super) fn new_column(
        &mut self,
        table: &QualifiedName,
        declared: &ColumnDefinition,
        origin: Origin,
    ) -> Result<Column, Box<Refusal>> {
        let mut column = declared.column.clone();
        column.made = origin;
        if let Some(data_type) = &mut column.data_type {
            self.check_type(data_type)?;
            self.bind_type(data_type);
        }
        self.check_counts(table, &column)?;
        if let Some(default) = column.default.as_mut().filter(|_| self.dialect.habits().binds) {
            doubt_truth(column.data_type.as_ref(), default);
        }
        if declared.serial {
            self.make_serial(table, &mut column, origin);
        }
        Ok(self.numbered(table, column, origin))
    }

    /// Looks up what the default of a column and its computation name.
    ///
    /// # Errors
    ///
    /// Where something that they name is certainly missing.
    pub(super) fn complete_column(
        &self,
        name: &QualifiedName,
        table: &mut Table,
        place: usize,
    ) -> Result<(), Box<Refusal>> {
        let Some(column) = table.columns.get(place) else { return Ok(()) };
        let (mut default, mut generated) = (column.default.clone(), column.generated.clone());
        for expression in
            default.iter_mut().chain(generated.as_mut().map(|generated| &mut generated.expression))
        {
            self.check_names_over(&expression.names, Some((name, table)))?;
            self.bind_expression(expression);
        }
        if let Some(column) = table.columns.get_mut(place) {
            column.default = default;
            column.generated = generated;
        }
        Ok(())
    }

    fn complete_partitioning(&self, name: &QualifiedName, table: &mut Table) -> Result<(), Box<Refusal>> {
        let Some(mut partitioning) = table.partitioning.take() else { return Ok(()) };
        for key in &mut partitioning.keys {
            match key {
                Partition::Column(column) => self.check_column(name, table, column)?,
                Partition::Expression(expression) => {
                    self.check_names_over(&expression.names, Some((name, table)))?;
                    self.bind_expression(expression);
                }
            }
        }
        table.partitioning = Some(partitioning);
        Ok(())
    }

    fn columns_of_source(
        &self,
        table: &mut Table,
        source: &TableSource,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        self.check_names(&source.query.names, None)?;
        let Some(columns) = self.output_columns(&source.query, &source.columns) else {
            table.known = false;
            return Ok(());
        };
        table.columns.extend(columns.into_iter().map(|column| Column {
            name: column.name,
            data_type: self.dialect.copied_type(column.data_type),
            not_null: false,
            default: None,
            generated: None,
            identity: None,
            collation: None,
            made: origin,
        }));
        Ok(())
    }

    /// Constraints in the order in which the database makes and so names them: checks, keys with the primary one first,
    /// what refers to others. A key that says no more than another is left out.
    pub(super) fn in_order(&self, mut constraints: Vec<Constraint>) -> Vec<Constraint> {
        if !self.dialect.habits().names_constraints {
            return constraints;
        }
        let rank = |constraint: &Constraint| match constraint.kind {
            ConstraintKind::NotNull { .. } | ConstraintKind::Check { .. } => 0,
            ConstraintKind::PrimaryKey { .. } => 1,
            ConstraintKind::Unique { .. } | ConstraintKind::Exclude { .. } => 2,
            ConstraintKind::ForeignKey(_) => 3,
        };
        constraints.sort_by_key(rank);
        let mut kept: Vec<Constraint> = Vec::new();
        for constraint in constraints {
            match kept.iter_mut().find(|known| is_same_key(known, &constraint)) {
                Some(known) => known.name = known.name.take().or(constraint.name),
                None => kept.push(constraint),
            }
        }
        kept
    }

    fn copy_indexes(
        &mut self,
        name: &QualifiedName,
        copies: Vec<Copied>,
        origin: Origin,
    ) -> Result<(), Box<Refusal>> {
        for index in copies.into_iter().flat_map(|copied| copied.indexes) {
            let create = CreateIndex { name: None, ..CreateIndex::of(&name.into(), &index) };
            self.create_index(&create, origin)?;
        }
        Ok(())
    }
}

/// Adds a column, or merges it with one that the table has inherited.
fn add(
    table: &mut Table,
    name: &QualifiedName,
    column: Column,
    inherited: usize,
) -> Result<(), Box<Refusal>> {
    match table.columns.iter_mut().position(|known| known.name == column.name) {
        None => table.columns.push(column),
        Some(place) if place < inherited => {
            if let Some(known) = table.columns.get_mut(place) {
                known.not_null |= column.not_null;
                known.default = column.default.or(known.default.take());
                known.generated = column.generated.or(known.generated.take());
                // It is the table's own as well, and stays where that of the parent goes.
                known.made = column.made;
            }
        }
        Some(_) => {
            let object = Object::Column(name.clone(), Name::clone(&column.name));
            return Err(duplicate(object, column.made));
        }
    }
    Ok(())
}

/// Whether two constraints ask for the same key, so that the server makes one of them.
fn is_same_key(one: &Constraint, other: &Constraint) -> bool {
    let key = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { columns, include } => Some((columns.clone(), include.clone(), false)),
        ConstraintKind::Unique { columns, include, nulls_not_distinct } => {
            Some((columns.clone(), include.clone(), *nulls_not_distinct))
        }
        _ => None,
    };
    one.deferral == other.deferral
        && match (&one.kind, &other.kind) {
            // A second one is a mistake.
            (ConstraintKind::PrimaryKey { .. }, ConstraintKind::PrimaryKey { .. }) => false,
            (one @ ConstraintKind::Exclude { .. }, other) => one == other,
            _ => key(one).is_some() && key(one) == key(other),
        }
}
