//! Triggers, without those by which the server keeps constraints.

use std::sync::Arc;

use migrate_core::{
    Schema,
    schema::{Deferral, Origin, Trigger, TriggerAction, TriggerEvent, TriggerTiming},
};

use super::cell::{OWN, Row, columns_of, expression, of_users};

pub(super) fn question() -> String {
    let ours = of_users("pg_class", "c.oid");
    let columns = columns_of("g.tgrelid", "g.tgattr::int2[]");
    format!(
        "SELECT n.nspname, c.relname, g.tgname, g.tgtype, {columns}, fn.nspname, f.proname, \
         encode(g.tgargs, 'hex'), pg_catalog.pg_get_triggerdef(g.oid), g.tgqual IS NOT NULL, \
         g.tgconstraint <> 0, g.tgdeferrable, g.tginitdeferred, g.tgoldtable, g.tgnewtable, g.tgenabled \
         FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_catalog.pg_proc f ON f.oid = g.tgfoid \
         JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace \
         WHERE NOT g.tgisinternal AND {OWN} AND {ours}"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let (owner, name) = (row.qualified(0), row.name(2));
        if let Some(table) = schema.tables.get_mut(&owner) {
            Arc::make_mut(table).triggers.extend(trigger(row).map(|trigger| (name, trigger)));
        } else if let Some(view) = schema.views.get_mut(&owner) {
            Arc::make_mut(view).triggers.extend(trigger(row).map(|trigger| (name, trigger)));
        }
    }
}

fn trigger(row: &Row) -> Option<Trigger> {
    // https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h
    const ROW: i64 = 1;
    const BEFORE: i64 = 1 << 1;
    const INSTEAD: i64 = 1 << 6;
    let kind = row.number(3)?;
    let mut events = Vec::new();
    if kind & (1 << 2) != 0 {
        events.push(TriggerEvent::Insert);
    }
    if kind & (1 << 3) != 0 {
        events.push(TriggerEvent::Delete);
    }
    if kind & (1 << 4) != 0 {
        events.push(TriggerEvent::Update(row.names(4)));
    }
    if kind & (1 << 5) != 0 {
        events.push(TriggerEvent::Truncate);
    }
    let tables = [("OLD TABLE AS ", 13), ("NEW TABLE AS ", 14)];
    let tables = tables.into_iter().filter_map(|(word, place)| Some(format!("{word}{}", row.maybe(place)?)));
    Some(Trigger {
        timing: match kind & (BEFORE | INSTEAD) {
            BEFORE => TriggerTiming::Before,
            INSTEAD => TriggerTiming::InsteadOf,
            _ => TriggerTiming::After,
        },
        events,
        each_row: kind & ROW != 0,
        condition: row.is(9).then(|| condition(row.text(8))).flatten().map(expression),
        action: TriggerAction::Call { function: row.object(5)?, arguments: arguments(row.text(7)) },
        transition_tables: tables.collect(),
        constraint: row.is(10).then(|| match (row.is(11), row.is(12)) {
            (false, _) => Deferral::NotDeferrable,
            (true, false) => Deferral::Immediate,
            (true, true) => Deferral::Deferred,
        }),
        enabled: row.text(15) != "D",
        made: Origin::NONE,
    })
}

/// What stands behind `WHEN`: the server shows it nowhere else where it speaks of both rows.
fn condition(definition: &str) -> Option<&str> {
    let (_, rest) = definition.split_once(" WHEN (")?;
    let (condition, _) = rest.rsplit_once(") EXECUTE ")?;
    Some(condition)
}

/// Strings that end in a zero byte, in hexadecimal digits.
fn arguments(digits: &str) -> Vec<String> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Vec<u8> = digits.as_bytes().chunks(2).filter_map(byte).collect();
    let mut arguments: Vec<String> =
        bytes.split(|byte| *byte == 0).map(|text| String::from_utf8_lossy(text).into_owned()).collect();
    arguments.pop();
    arguments
}
