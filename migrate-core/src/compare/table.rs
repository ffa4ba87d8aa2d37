use std::sync::Arc;

use super::comparison::{Both, Comparison, may_equal};
use crate::{
    QualifiedName,
    schema::{Object, Partition, Partitioning, Persistence, Table},
};

impl Comparison<'_> {
    pub(super) fn tables(&mut self) {
        let (expected, actual) = (self.expected, self.actual);
        for (name, one, other) in Self::changed(&expected.tables, &actual.tables) {
            let object = Object::Table(name.clone());
            match (one, other) {
                (Some(one), Some(other)) if Arc::ptr_eq(one, other) => {}
                _ if self.is_unknown_within(name) => {}
                (Some(one), Some(other)) if is_lasting(one) && is_lasting(other) => {
                    self.table(name, one, other);
                }
                (Some(one), _) if is_lasting(one) => self.missing(object, one.made),
                (_, Some(other)) if is_lasting(other) => self.left_over(object, other.made),
                _ => {}
            }
        }
    }

    fn table(&mut self, name: &QualifiedName, one: &Table, other: &Table) {
        if !one.known || !other.known {
            return;
        }
        let both = Both { object: Object::Table(name.clone()), made: (one.made, other.made) };
        self.table_properties(&both, one, other);
        self.partitions(&both, one, other);
        self.columns(name, one, other);
        self.constraints(name, &one.constraints, &other.constraints);
        self.indexes(name, &one.indexes, &other.indexes);
        self.triggers(name, &one.triggers, &other.triggers);
        self.policies(name, &one.policies, &other.policies);
    }

    fn table_properties(&mut self, both: &Both, one: &Table, other: &Table) {
        let switch = |on: bool| if on { "ENABLE" } else { "DISABLE" };
        self.property(both, "row level security", switch(one.row_security), switch(other.row_security));
        let force = |table: &Table| if table.force_row_security { "FORCE" } else { "NO FORCE" };
        self.property(both, "row level security of its owner", force(one), force(other));
        let logged =
            |table: &Table| if table.persistence == Persistence::Unlogged { "UNLOGGED" } else { "LOGGED" };
        self.property(both, "persistence", logged(one), logged(other));
        let word = |on: bool, word: &'static str| if on { word } else { "" };
        let (rowid, strict) = ("WITHOUT ROWID", "STRICT");
        self.property(both, "option", word(one.without_rowid, rowid), word(other.without_rowid, rowid));
        self.property(both, "option", word(one.strict, strict), word(other.strict, strict));
        let module = |table: &Table| table.module.clone().unwrap_or_default();
        self.property(both, "module", module(one), module(other));
    }

    fn partitions(&mut self, both: &Both, one: &Table, other: &Table) {
        let parents = |table: &Table| {
            table.inherits.iter().map(|parent| self.spelling.qualified(parent)).collect::<Vec<_>>().join(", ")
        };
        let (expected, actual) = (parents(one), parents(other));
        self.property(both, "parent", expected, actual);
        let alike = match (&one.partitioning, &other.partitioning) {
            (Some(one), Some(other)) => divide_alike(one, other),
            (None, None) => true,
            _ => false,
        };
        if !alike {
            let [one, other] = [one, other].map(|table| {
                table.partitioning.as_ref().map(|it| self.spelling.partitioning(it)).unwrap_or_default()
            });
            self.property(both, "partitioning", one, other);
        }
        let bounds = [one, other].map(|table| table.partition.as_ref().map(|bound| &bound.sql));
        let [one, other] = bounds;
        self.expression(both, "partition bound", one, other);
    }
}

/// Whether a table outlives the session.
fn is_lasting(table: &Table) -> bool {
    table.persistence != Persistence::Temporary
}

fn divide_alike(one: &Partitioning, other: &Partitioning) -> bool {
    let keys = |(one, other): (&Partition, &Partition)| match (one, other) {
        (Partition::Column(one), Partition::Column(other)) => one == other,
        (Partition::Expression(one), Partition::Expression(other)) => may_equal(Some(one), Some(other)),
        _ => false,
    };
    one.strategy == other.strategy
        && one.keys.len() == other.keys.len()
        && one.keys.iter().zip(&other.keys).all(keys)
}
