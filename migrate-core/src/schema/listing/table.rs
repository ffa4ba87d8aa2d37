use std::fmt::{Formatter, Result};

use super::{
    object::one_line,
    words::{after, deferral, list, names_after, sequence_options},
};
use crate::{
    Name, QualifiedName,
    schema::{
        Column, Constraint, ConstraintKind, ForeignKey, ForeignKeyAction, Index, IndexKey, IndexTarget,
        MatchKind, Partition, Persistence, Policy, PolicyCommand, Table, Trigger, TriggerAction,
        TriggerEvent, TriggerTiming,
    },
};

pub(super) fn table(f: &mut Formatter<'_>, name: &QualifiedName, table: &Table) -> Result {
    f.write_str(match table.persistence {
        Persistence::Permanent => "",
        Persistence::Unlogged => "unlogged ",
        Persistence::Temporary => "temporary ",
    })?;
    write!(f, "table {name}{}", if table.known { "" } else { " (not wholly known)" })?;
    if !table.inherits.is_empty() {
        write!(f, " inherits ({})", list(&table.inherits))?;
    }
    if let Some(partitioning) = &table.partitioning {
        let key = |key: &Partition| match key {
            Partition::Column(name) => name.to_string(),
            Partition::Expression(expression) => format!("({expression})"),
        };
        write!(f, " partition by {} ({})", partitioning.strategy, list(partitioning.keys.iter().map(key)))?;
    }
    write!(f, "{}", after("", table.partition.as_ref().map(|bound| &bound.sql)))?;
    let word = |holds: bool, word: &'static str| if holds { word } else { "" };
    f.write_str(word(table.without_rowid, " without rowid"))?;
    f.write_str(word(table.strict, " strict"))?;
    f.write_str(word(table.row_security, " row security"))?;
    f.write_str(word(table.force_row_security, " (forced)"))?;
    f.write_str(word(!table.order_known, " (in some order)"))?;
    writeln!(f, "{}", after(" using", table.module.as_ref()))?;
    table.columns.iter().try_for_each(|of| column(f, of))?;
    table.constraints.iter().try_for_each(|of| constraint(f, of))?;
    table.indexes.values().try_for_each(|of| index(f, of))?;
    table.triggers.iter().try_for_each(|(name, of)| trigger(f, name, of))?;
    table.policies.iter().try_for_each(|(name, of)| policy(f, name, of))
}

fn column(f: &mut Formatter<'_>, column: &Column) -> Result {
    write!(f, "  {}{}", column.name, after("", column.data_type.as_ref()))?;
    write!(f, "{}", after(" collate", column.collation.as_ref()))?;
    f.write_str(if column.not_null { " not null" } else { "" })?;
    write!(f, "{}", after(" default", column.default.as_ref()))?;
    if let Some(generated) = &column.generated {
        let kind = if generated.stored { "stored" } else { "virtual" };
        write!(f, " generated ({}) {kind}", generated.expression)?;
    }
    if let Some(identity) = &column.identity {
        f.write_str(if identity.always { " identity always" } else { " identity" })?;
        write!(f, "{}", sequence_options(&identity.options))?;
    }
    writeln!(f)
}

pub(super) fn constraint(f: &mut Formatter<'_>, constraint: &Constraint) -> Result {
    f.write_str("  ")?;
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns, include } => {
            write!(f, "primary key ({}){}", list(columns), names_after(" include", include))?;
        }
        ConstraintKind::Unique { columns, include, nulls_not_distinct } => {
            let nulls = if *nulls_not_distinct { " nulls not distinct" } else { "" };
            write!(f, "unique{nulls} ({}){}", list(columns), names_after(" include", include))?;
        }
        ConstraintKind::ForeignKey(key) => foreign_key(f, key)?,
        ConstraintKind::Check { expression, no_inherit } => {
            write!(f, "check ({expression}){}", if *no_inherit { " no inherit" } else { "" })?;
        }
        ConstraintKind::Exclude { method, elements, predicate, include } => {
            let elements =
                elements.iter().map(|element| format!("{} with {}", key(&element.key), element.operator));
            write!(f, "exclude using {method} ({}){}", list(elements), names_after(" include", include))?;
            write!(f, "{}", after(" where", predicate.as_ref()))?;
        }
        ConstraintKind::NotNull { column } => write!(f, "not null {column}")?,
    }
    f.write_str(deferral(constraint.deferral))?;
    f.write_str(if constraint.validated { "" } else { " not valid" })?;
    match &constraint.name {
        Some(name) if constraint.named_by_database => writeln!(f, " [{name}]"),
        name => writeln!(f, "{}", after("", name.as_ref())),
    }
}

fn foreign_key(f: &mut Formatter<'_>, key: &ForeignKey) -> Result {
    write!(f, "foreign key ({}) references {}", list(&key.columns), key.table)?;
    write!(f, "{}", names_after("", &key.referenced))?;
    let action = |action: ForeignKeyAction| match action {
        ForeignKeyAction::NoAction => None,
        ForeignKeyAction::Restrict => Some("restrict"),
        ForeignKeyAction::Cascade => Some("cascade"),
        ForeignKeyAction::SetNull => Some("set null"),
        ForeignKeyAction::SetDefault => Some("set default"),
    };
    f.write_str(if key.match_kind == MatchKind::Full { " match full" } else { "" })?;
    write!(f, "{}", after(" on delete", action(key.on_delete)))?;
    write!(f, "{}", names_after("", &key.set_columns))?;
    write!(f, "{}", after(" on update", action(key.on_update)))
}

pub(super) fn index(f: &mut Formatter<'_>, index: &Index) -> Result {
    write!(f, "  {}index {}", if index.unique { "unique " } else { "" }, index.name)?;
    if &*index.method != "btree" {
        write!(f, " using {}", index.method)?;
    }
    write!(f, " ({}){}", list(index.keys.iter().map(key)), names_after(" include", &index.include))?;
    f.write_str(if index.nulls_not_distinct { " nulls not distinct" } else { "" })?;
    writeln!(f, "{}", after(" where", index.predicate.as_ref()))
}

fn key(key: &IndexKey) -> String {
    let target = match &key.target {
        IndexTarget::Column(name) => name.to_string(),
        IndexTarget::Expression(expression) => format!("({expression})"),
    };
    let order = match (key.descending, key.nulls_first) {
        (false, false) => "",
        (true, true) => " desc",
        (false, true) => " nulls first",
        (true, false) => " desc nulls last",
    };
    let collation = after(" collate", key.collation.as_ref());
    format!("{target}{collation}{}{order}", after("", key.operator_class.as_ref()))
}

pub(super) fn trigger(f: &mut Formatter<'_>, name: &Name, trigger: &Trigger) -> Result {
    f.write_str(if trigger.constraint.is_some() { "  constraint trigger" } else { "  trigger" })?;
    let timing = match trigger.timing {
        TriggerTiming::Before => "before",
        TriggerTiming::After => "after",
        TriggerTiming::InsteadOf => "instead of",
    };
    let event = |event: &TriggerEvent| match event {
        TriggerEvent::Insert => "insert".to_owned(),
        TriggerEvent::Update(columns) => format!("update{}", names_after(" of", columns)),
        TriggerEvent::Delete => "delete".to_owned(),
        TriggerEvent::Truncate => "truncate".to_owned(),
    };
    let events: Vec<String> = trigger.events.iter().map(event).collect();
    write!(f, " {name} {timing} {}", events.join(" or "))?;
    trigger.transition_tables.iter().try_for_each(|table| write!(f, " {table}"))?;
    f.write_str(trigger.constraint.map_or("", deferral))?;
    f.write_str(if trigger.each_row { " for each row" } else { "" })?;
    write!(f, "{}", after(" when", trigger.condition.as_ref()))?;
    f.write_str(if trigger.enabled { "" } else { " (disabled)" })?;
    match &trigger.action {
        TriggerAction::Call { function, arguments } => writeln!(f, " calls {function}({})", list(arguments)),
        TriggerAction::Statements(query) => writeln!(f, "\n    {}", one_line(&query.sql)),
    }
}

fn policy(f: &mut Formatter<'_>, name: &Name, policy: &Policy) -> Result {
    let command = match policy.command {
        PolicyCommand::All => "all",
        PolicyCommand::Select => "select",
        PolicyCommand::Insert => "insert",
        PolicyCommand::Update => "update",
        PolicyCommand::Delete => "delete",
    };
    f.write_str(if policy.permissive { "  policy" } else { "  restrictive policy" })?;
    write!(f, " {name} for {command}{}", names_after(" to", &policy.roles))?;
    write!(f, "{}", after(" using", policy.using.as_ref()))?;
    writeln!(f, "{}", after(" with check", policy.check.as_ref()))
}
