use std::{thread, time::Duration};

use anyhow::Result;
use migrate_core::Dialect;

use super::{Scale, duration};
use crate::{
    contender::{Contender, OURS, Open, PEERS, SELECT},
    history::History,
    median::{median, seconds},
    place::{Place, title, variable},
    table::{Column, Row, Table},
    trace,
    wire::Proxy,
};

/// A contender whose history is applied to a database of its own.
struct Ready {
    column: Column,
    open: Open,
    place: Place,
}

/// Measures a start with nothing to do, on every database.
///
/// Connections are open before, as a service has them; what is counted and timed is the call that migrates.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    // Connections are looked into from the moment that they are opened.
    trace::statements()?;
    for dialect in Dialect::ALL {
        let ready = make_ready(dialect, scale, table)?;
        if ready.is_empty() {
            continue;
        }
        count(dialect, &ready, table)?;
        time(dialect, &ready, scale, table)?;
    }
    Ok(())
}

fn make_ready(dialect: Dialect, scale: Scale, table: &mut Table) -> Result<Vec<Ready>> {
    let history = History::new(dialect, scale.of(100, 10));
    let mut ready = Vec::new();
    for contender in [SELECT, OURS].into_iter().chain(PEERS) {
        let Contender { column, cannot, load } = contender;
        if let Some(reason) = cannot(dialect) {
            table.skip(format!("{column} on {}: {reason}", title(dialect)));
            continue;
        }
        let Some(place) = Place::new(dialect)? else {
            let variable = variable(dialect).unwrap_or_default();
            table.skip(format!("{}: there is no server in `{variable}`", title(dialect)));
            return Ok(Vec::new());
        };
        let open = load(&history)?;
        open(&place)?()?;
        ready.push(Ready { column, open, place });
    }
    Ok(ready)
}

fn count(dialect: Dialect, ready: &[Ready], table: &mut Table) -> Result<()> {
    let what = if dialect == Dialect::Sqlite { "statements" } else { "round trips" };
    let mut row = Row::new("boot", format!("{}, {what}", title(dialect)));
    for Ready { column, open, place } in ready {
        let text = if dialect == Dialect::Sqlite {
            let mut run = open(place)?;
            let before = trace::count();
            run()?;
            (trace::count() - before).to_string()
        } else {
            let proxy = Proxy::new(dialect, &place.url)?;
            let mut run = open(&place.by(proxy.url.clone()))?;
            proxy.reset();
            run()?;
            // A pool asks a connection that comes back whether it still works.
            thread::sleep(Duration::from_millis(50));
            proxy.tally().to_string()
        };
        row = row.cell(*column, text);
    }
    table.push(row);
    Ok(())
}

fn time(dialect: Dialect, ready: &[Ready], scale: Scale, table: &mut Table) -> Result<()> {
    let mut values = vec![Vec::new(); ready.len()];
    for _ in 0..scale.of(200, 5) {
        for (Ready { open, place, .. }, values) in ready.iter().zip(&mut values) {
            // A service migrates once, on connections that are new.
            let run = open(place)?;
            values.push(seconds(run)?);
        }
    }
    let values: Vec<_> =
        ready.iter().zip(&values).map(|(ready, values)| (ready.column, median(values))).collect();
    let row = Row::new("boot", format!("{}, time against `SELECT 1`", title(dialect)));
    table.push(row.compared(&values, Column::Reference, duration));
    Ok(())
}
