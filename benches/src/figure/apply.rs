use anyhow::Result;
use migrate_core::Dialect;

use super::{Scale, duration, thousands};
use crate::{
    contender::{Contender, NATIVE, NATIVE_WHOLE, OURS, OURS_WHOLE, PEERS},
    history::History,
    median::{median, seconds},
    place::{Place, title},
    table::{Column, Row, Table},
};

/// Measures how long it takes to apply a history to an empty database: connecting, applying, writing it down.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    for dialect in Dialect::ALL {
        for (count, rounds) in [(scale.of(100, 10), scale.of(7, 2)), (scale.of(1_000, 30), scale.of(5, 2))] {
            let history = History::new(dialect, count);
            let of = format!("{}, {} revisions", title(dialect), thousands(count));
            let contenders = [NATIVE, OURS].into_iter().chain(PEERS);
            compare(of, &history, contenders, rounds, table)?;
            let of = format!("{}, {} in one transaction", title(dialect), thousands(count));
            compare(of, &history, [NATIVE_WHOLE, OURS_WHOLE], rounds, table)?;
        }
    }
    Ok(())
}

fn compare(
    of: String,
    history: &History,
    contenders: impl IntoIterator<Item = Contender>,
    rounds: usize,
    table: &mut Table,
) -> Result<()> {
    let mut entered = Vec::new();
    for Contender { column, cannot, load } in contenders {
        match cannot(history.dialect) {
            Some(reason) => table.skip(format!("{column}, {of}: {reason}")),
            None => entered.push((column, load(history)?, Vec::new())),
        }
    }
    if entered.len() < 2 {
        return Ok(());
    }
    // Turn by turn, so that what else the machine does meets all alike.
    for _ in 0..rounds {
        for (_, open, values) in &mut entered {
            let Some(place) = Place::new(history.dialect)? else {
                table.skip(format!("{}: there is no server", title(history.dialect)));
                return Ok(());
            };
            values.push(seconds(|| open(&place)?())?);
        }
    }
    let ratios = |values: &[f64], base: &[f64]| -> Vec<f64> {
        values.iter().zip(base).map(|(value, base)| value / base).collect()
    };
    let base = entered[0].2.clone();
    let mut row = Row::new("apply", of);
    for (column, _, values) in &entered {
        let time = duration(median(values));
        row = row.cell(
            *column,
            match column {
                Column::Reference => time,
                _ => format!("{time} ({:.2})", median(&ratios(values, &base))),
            },
        );
    }
    table.push(row);
    Ok(())
}
