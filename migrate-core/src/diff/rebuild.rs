use std::collections::BTreeSet;

use super::{
    definition,
    phase::Phase,
    plan::{Plan, named},
};
use crate::{
    QualifiedName, Schema,
    compare::{Change, Difference},
    operation::{Operation, RebuildTable},
    schema::{Column, Object},
};

/// The tables that have to be made anew, with their rows: those that differ in more than the database can change.
pub(super) fn tables(from: &Schema, to: &Schema, differences: &[Difference]) -> BTreeSet<QualifiedName> {
    if from.dialect.habits().alters_columns {
        return BTreeSet::new();
    }
    let both = |table: &QualifiedName| from.tables.contains_key(table) && to.tables.contains_key(table);
    let needs = differences.iter().filter_map(|difference| match (&difference.object, &difference.change) {
        (Object::Table(table), Change::Property { .. } | Change::ColumnOrder)
        | (Object::Constraint(table, _), _)
        | (Object::Column(table, _), Change::Property { .. } | Change::LeftOver { .. }) => Some(table),
        (Object::Column(table, column), Change::Missing { .. }) => {
            let (there, all) = (from.tables.get(table)?, to.tables.get(table)?);
            let wanted = all.column(column)?;
            // A column is added behind all others.
            let mut behind = all.columns.iter().skip_while(|other| other.name != *column);
            let is_last = behind.all(|other| there.column(&other.name).is_none());
            (!can_be_added(wanted) || !is_last).then_some(table)
        }
        _ => None,
    });
    needs.filter(|table| both(table)).cloned().collect()
}

/// Whether `ADD COLUMN` takes a column: SQLite fills it in no row, so that what is not constant has no value.
fn can_be_added(column: &Column) -> bool {
    let is_constant = |sql: &str| !sql.contains('(') && !sql.to_ascii_lowercase().starts_with("current_");
    let has_value = column.default.as_ref().is_some_and(|default| !default.sql.eq_ignore_ascii_case("null"));
    column.default.as_ref().is_none_or(|default| is_constant(&default.sql))
        && (!column.not_null || has_value)
        && column.generated.as_ref().is_none_or(|generated| !generated.stored)
        && column.identity.is_none()
}

impl Plan<'_> {
    pub(super) fn rebuild_tables(&mut self) {
        for name in self.rebuilt.clone() {
            let Some(wanted) = self.to.tables.get(&name) else { continue };
            let definition = definition::table(self.to, &name, wanted);
            let rebuild = RebuildTable { table: named(&name), definition };
            self.add(Phase::RebuildTable, Operation::RebuildTable(Box::new(rebuild)));
        }
    }
}
