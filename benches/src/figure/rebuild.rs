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
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        database(dialect, scale, table)?;
    }
    Ok(())
}

fn database(dialect: Dialect, scale: Scale, table: &mut Table) -> Result<()> {
    let name = dialect.name();
    let folder = service::folder()?;
    let target = folder.join("target");
    let mut embeds = vec![Embeds::Ours, Embeds::Sqlx];
    if dialect == Dialect::Sqlite {
        // Elsewhere it needs a library of C that a machine may lack.
        embeds.push(Embeds::Diesel);
    }
    // Dependencies first, which are not in question.
    for &embeds in &embeds {
        let history = History::new(dialect, 1);
        Service::new(embeds, &[name], &history, &folder, &target)?.build(&[])?;
    }
    let counts: &[usize] = if scale.quick { &[10] } else { &[1_000, 5_000, 10_000] };
    for &count in counts {
        let history = History::new(dialect, count);
        let mut first = Vec::new();
        let mut services = Vec::new();
        for &embeds in &embeds {
            let service = Service::new(embeds, &[name], &history, &folder, &target)?;
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
        let of = format!("{name}, {} migrations, after one edit", thousands(count));
        table.push(Row::new("rebuild", of).compared(&again, Column::Sqlx, seconds));
        let of = format!("{name}, {} migrations, from nothing", thousands(count));
        table.push(Row::new("rebuild", of).compared(&first, Column::Sqlx, seconds));
    }
    Ok(())
}
