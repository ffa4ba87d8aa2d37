use anyhow::Result;
use migrate_core::Dialect;

use super::{Scale, thousands};
use crate::{
    history::History,
    median::median,
    service::{self, Embeds, Service},
    table::{Column, Row, Table},
};

/// Measures the processor time of `cargo build` where only the service itself has to be compiled: for the first time,
/// and after an edit of one migration.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    let folder = service::folder()?;
    let target = folder.join("target");
    let embeds = [Embeds::Ours, Embeds::Sqlx, Embeds::Diesel];
    // Dependencies first, which are not in question.
    for embeds in embeds {
        let history = History::new(Dialect::Sqlite, 1);
        Service::new(embeds, &["sqlite"], &history, &folder, &target)?.build(&[])?;
    }
    let counts: &[usize] = if scale.quick { &[10] } else { &[1_000, 5_000, 10_000] };
    for &count in counts {
        let history = History::new(Dialect::Sqlite, count);
        let mut first = Vec::new();
        let mut services = Vec::new();
        for embeds in embeds {
            let service = Service::new(embeds, &["sqlite"], &history, &folder, &target)?;
            service.forget()?;
            first.push((embeds.column(), service.rebuild()?));
            services.push((embeds.column(), service, Vec::new()));
        }
        let rounds = if count > 1_000 { 3 } else { scale.of(5, 1) };
        for round in 0..rounds {
            for (_, service, values) in &mut services {
                service.edit(&history, count / 2 + round)?;
                values.push(service.rebuild()?);
            }
        }
        let again: Vec<_> = services.iter().map(|(column, _, values)| (*column, median(values))).collect();
        let seconds = |value: f64| format!("{value:.2} s");
        let of = format!("{} migrations, after one edit", thousands(count));
        table.push(Row::new("rebuild", of).compared(&again, Column::Sqlx, seconds));
        let of = format!("{} migrations, from nothing", thousands(count));
        table.push(Row::new("rebuild", of).compared(&first, Column::Sqlx, seconds));
    }
    Ok(())
}
