use crate::{
    Name,
    schema::{
        Column, Constraint, ConstraintKind, Domain, Expression, Index, IndexKey, IndexTarget, Names,
        Partition, Policy, Query, Table, Trigger, TriggerAction,
    },
};

/// The part of a table that a piece of SQL belongs to.
#[derive(Clone, Copy)]
pub(super) enum Part<'t> {
    /// The default of a column.
    Default(&'t Column),
    /// A column that is computed.
    Generated(&'t Column),
    /// A check or an exclusion.
    Constraint(&'t Constraint),
    /// An index.
    Index(&'t Index),
    /// A policy.
    Policy(&'t Name, &'t Policy),
    /// A trigger.
    Trigger(&'t Name, &'t Trigger),
    /// A key of its partitions.
    Partitioning,
}

/// What each piece of SQL in a table names.
pub(super) fn table_names<'t>(table: &'t Table, visit: &mut dyn FnMut(Part<'t>, &'t Names)) {
    for column in &table.columns {
        if let Some(default) = &column.default {
            visit(Part::Default(column), &default.names);
        }
        if let Some(generated) = &column.generated {
            visit(Part::Generated(column), &generated.expression.names);
        }
    }
    for constraint in &table.constraints {
        for expression in constraint_expressions(constraint) {
            visit(Part::Constraint(constraint), &expression.names);
        }
    }
    for index in table.indexes.values() {
        for expression in index_expressions(index) {
            visit(Part::Index(index), &expression.names);
        }
    }
    for (name, policy) in &table.policies {
        for expression in policy.using.iter().chain(&policy.check) {
            visit(Part::Policy(name, policy), &expression.names);
        }
    }
    for (name, trigger) in &table.triggers {
        trigger_names(name, trigger, visit);
    }
    for key in table.partitioning.iter().flat_map(|partitioning| &partitioning.keys) {
        if let Partition::Expression(expression) = key {
            visit(Part::Partitioning, &expression.names);
        }
    }
}

/// What the pieces of SQL in a trigger name.
pub(super) fn trigger_names<'t>(
    name: &'t Name,
    trigger: &'t Trigger,
    visit: &mut dyn FnMut(Part<'t>, &'t Names),
) {
    if let Some(condition) = &trigger.condition {
        visit(Part::Trigger(name, trigger), &condition.names);
    }
    if let TriggerAction::Statements(query) = &trigger.action {
        visit(Part::Trigger(name, trigger), &query.names);
    }
}

/// The expressions of an index.
pub(super) fn index_expressions(index: &Index) -> impl Iterator<Item = &Expression> {
    let keys = index.keys.iter().filter_map(|key| match &key.target {
        IndexTarget::Expression(expression) => Some(expression),
        IndexTarget::Column(_) => None,
    });
    keys.chain(&index.predicate)
}

fn constraint_expressions(constraint: &Constraint) -> Vec<&Expression> {
    match &constraint.kind {
        ConstraintKind::Check { expression, .. } => vec![expression],
        ConstraintKind::Exclude { elements, predicate, .. } => {
            let keys = elements.iter().filter_map(|element| match &element.key.target {
                IndexTarget::Expression(expression) => Some(expression),
                IndexTarget::Column(_) => None,
            });
            keys.chain(predicate).collect()
        }
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::ForeignKey(_)
        | ConstraintKind::NotNull { .. } => Vec::new(),
    }
}

/// Calls `visit` with each expression of a table.
pub(super) fn table_expressions_mut(table: &mut Table, visit: &mut dyn FnMut(&mut Expression)) {
    for column in &mut table.columns {
        column.default.iter_mut().for_each(&mut *visit);
        column.generated.iter_mut().map(|generated| &mut generated.expression).for_each(&mut *visit);
    }
    for constraint in &mut table.constraints {
        match &mut constraint.kind {
            ConstraintKind::Check { expression, .. } => visit(expression),
            ConstraintKind::Exclude { elements, predicate, .. } => {
                let keys = elements.iter_mut().map(|element| &mut element.key);
                keys.filter_map(key_expression_mut).chain(predicate).for_each(&mut *visit);
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::NotNull { .. } => {}
        }
    }
    for index in table.indexes.values_mut() {
        let keys = index.keys.iter_mut().filter_map(key_expression_mut);
        keys.chain(&mut index.predicate).for_each(&mut *visit);
    }
    for policy in table.policies.values_mut() {
        policy.using.iter_mut().chain(&mut policy.check).for_each(&mut *visit);
    }
    for trigger in table.triggers.values_mut() {
        trigger.condition.iter_mut().for_each(&mut *visit);
    }
    for key in table.partitioning.iter_mut().flat_map(|partitioning| &mut partitioning.keys) {
        if let Partition::Expression(expression) = key {
            visit(expression);
        }
    }
}

fn key_expression_mut(key: &mut IndexKey) -> Option<&mut Expression> {
    match &mut key.target {
        IndexTarget::Expression(expression) => Some(expression),
        IndexTarget::Column(_) => None,
    }
}

/// The statements of a trigger that has its own.
pub(super) fn trigger_query_mut(trigger: &mut Trigger) -> Option<&mut Query> {
    match &mut trigger.action {
        TriggerAction::Statements(query) => Some(query),
        TriggerAction::Call { .. } => None,
    }
}

/// The expressions of a domain.
pub(super) fn domain_expressions(domain: &Domain) -> Vec<&Expression> {
    let checks = domain.checks.iter().filter_map(|check| match &check.kind {
        ConstraintKind::Check { expression, .. } => Some(expression),
        _ => None,
    });
    domain.default.iter().chain(checks).collect()
}

/// The same, to be changed.
pub(super) fn domain_expressions_mut(domain: &mut Domain) -> Vec<&mut Expression> {
    let checks = domain.checks.iter_mut().filter_map(|check| match &mut check.kind {
        ConstraintKind::Check { expression, .. } => Some(expression),
        _ => None,
    });
    domain.default.iter_mut().chain(checks).collect()
}
