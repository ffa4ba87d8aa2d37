use std::collections::BTreeSet;

use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, ObjectName, QualifiedName, Schema,
    compare::Change,
    operation::{CreateView, DropView, Operation},
    schema::{Object, Output, SourceRelation, View, ViewColumn},
};

impl Plan<'_> {
    /// Views are dropped and made once all of those are known that have to be.
    pub(super) fn mend_view(&mut self, name: &QualifiedName, change: &Change) {
        let (drop, create) = sides(change);
        if drop {
            self.dropped_views.insert(name.clone());
        }
        if create {
            self.made_views.insert(name.clone());
        }
    }

    /// Drops and makes views, with those that stand on what is dropped or changed under them.
    pub(super) fn recreate_views(&mut self) {
        let mut touched: BTreeSet<QualifiedName> = self.dropped_views.clone();
        touched.extend(self.differences.iter().filter_map(|difference| {
            match (&difference.object, &difference.change) {
                (
                    Object::Column(table, _),
                    Change::LeftOver { .. } | Change::Property { property: "type", .. },
                )
                | (Object::Table(table), Change::LeftOver { .. }) => Some(table.clone()),
                _ => None,
            }
        }));
        touched.extend(self.rebuilt.iter().chain(&self.retyped).cloned());
        for (name, view) in in_order(self.from) {
            if !self.dropped_views.contains(name)
                && uses(view, self.from).iter().any(|used| touched.contains(used))
            {
                self.dropped_views.insert(name.clone());
                if self.to.views.contains_key(name) {
                    self.made_views.insert(name.clone());
                }
            }
            if self.dropped_views.contains(name) {
                touched.insert(name.clone());
            }
        }
        for (name, view) in in_order(self.from).into_iter().rev() {
            if self.dropped_views.contains(name) {
                let (names, materialized) = (vec![named(name)], view.materialized);
                let drop = DropView { names, materialized, if_exists: false, cascade: false };
                self.add(Phase::DropView, Operation::DropView(drop));
            }
        }
        for (name, view) in in_order(self.to) {
            if self.made_views.contains(name) {
                self.create_view(name, view);
            }
        }
    }

    fn create_view(&mut self, name: &QualifiedName, view: &View) {
        let create = CreateView {
            name: named(name),
            materialized: view.materialized,
            or_replace: false,
            if_not_exists: false,
            temporary: view.temporary,
            columns: given_names(view),
            query: view.query.clone(),
        };
        self.add(Phase::CreateView, Operation::CreateView(Box::new(create)));
        for index in view.indexes.values() {
            self.create_index(name, index, Phase::CreateViewIndex);
        }
        for (trigger, wanted) in &view.triggers {
            self.create_trigger(name, trigger, wanted);
        }
    }
}

/// The names that a view gives to its columns, where its query calls them otherwise.
fn given_names(view: &View) -> Vec<Name> {
    let (Some(columns), Some(outputs)) = (&view.columns, &view.query.outputs) else { return Vec::new() };
    let is_told = |output: &Output| matches!(output, Output::Value { .. });
    let is_called_so = |(output, column): (&Output, &ViewColumn)| matches!(output, Output::Value { name, .. } if *name == column.name);
    if !outputs.iter().all(is_told)
        || outputs.len() != columns.len()
        || outputs.iter().zip(columns).all(is_called_so)
    {
        return Vec::new();
    }
    columns.iter().map(|column| column.name.clone()).collect()
}

/// The relations that a view stands on.
fn uses(view: &View, schema: &Schema) -> Vec<QualifiedName> {
    let sources = view.query.names.scopes.iter().flat_map(|scope| &scope.sources);
    let named = sources.filter_map(|source| match &source.relation {
        SourceRelation::Relation(name) => Some(name),
        SourceRelation::Query { .. } | SourceRelation::Opaque => None,
    });
    let within = |name: &ObjectName| name.schema.clone().unwrap_or_else(|| schema.dialect.default_schema());
    named.map(|name| QualifiedName::new(within(name), name.name.clone())).collect()
}

/// The views, each behind those that it stands on.
fn in_order(schema: &Schema) -> Vec<(&QualifiedName, &View)> {
    let mut open: Vec<_> =
        schema.views.iter().map(|(name, view)| (name, &**view, uses(view, schema))).collect();
    let mut ordered = Vec::new();
    while !open.is_empty() {
        let names: BTreeSet<&QualifiedName> = open.iter().map(|(name, ..)| *name).collect();
        let (free, bound): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|(name, _, uses)| !uses.iter().any(|used| used != *name && names.contains(used)));
        // Views that stand on each other come as they are.
        let (now, later) = if free.is_empty() { (bound, free) } else { (free, bound) };
        ordered.extend(now.into_iter().map(|(name, view, _)| (name, view)));
        open = later;
    }
    ordered
}
