use anyhow::Result;
use migrate_core::Dialect;

use super::Scale;
use crate::{
    history::History,
    service::{Embeds, Service},
    table::{Column, Row, Table},
};

/// Measures the processor time of the first build of a small service, with all that it depends on.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    let all: &[&str] = &["sqlite", "postgres", "mysql"];
    // Each database brings its own grammar into the macro.
    let sets = if scale.quick { vec![&all[..1]] } else { vec![&all[..1], &all[1..2], &all[2..], all] };
    for databases in sets {
        let history = History::new(databases[0].parse().unwrap_or(Dialect::Sqlite), 10);
        let mut values = Vec::new();
        for embeds in [Embeds::Nothing, Embeds::Ours, Embeds::Sqlx] {
            let folder = tempfile::tempdir()?;
            let target = folder.path().join("target");
            let service = Service::new(embeds, databases, &history, folder.path(), &target)?;
            values.push((embeds.column(), service.build(&[])?.seconds));
        }
        let of = format!("{}, against sqlx alone", databases.join(", "));
        table.push(
            Row::new("build", of).compared(&values, Column::Reference, |value| format!("{value:.1} s")),
        );
    }
    Ok(())
}
