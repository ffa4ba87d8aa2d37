use anyhow::{Result, ensure};
use migrate_core::Dialect;

use super::{Scale, thousands};
use crate::{
    history::History,
    service::{self, Embeds, Service},
    table::{Row, Table},
};

/// Measures what a migration adds to a stripped release binary, beyond its own SQL.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    let folder = service::folder()?;
    let target = folder.join("target");
    let count = scale.of(1_000, 100);
    let history = History::new(Dialect::Sqlite, count);
    let first = History::new(Dialect::Sqlite, 1);
    let scripts = |history: &History| -> usize {
        history.revisions.iter().map(|revision| revision.up.len() + revision.down.len()).sum()
    };
    let sql = scripts(&history) - scripts(&first);
    let per_migration = |bytes: u64, less: usize| (bytes as f64 - less as f64) / (count - 1) as f64;

    let mut beyond_sql =
        Row::new("size", format!("bytes a migration beyond its SQL, of {}", thousands(count)));
    let mut beyond_files = Row::new("size", "the same beyond its files");
    for embeds in [Embeds::Ours, Embeds::Sqlx, Embeds::Diesel] {
        let mut sizes = Vec::new();
        for history in [&first, &history] {
            let service = Service::new(embeds, &["sqlite"], history, &folder, &target)?;
            service.build(&["--release"])?;
            let applied = service.run("release")?;
            ensure!(applied == history.revisions.len(), "{applied} migrations were applied");
            sizes.push(service.size("release")?);
        }
        let added = sizes[1] - sizes[0];
        let text = |history: &History| -> usize {
            let files = history.revisions.iter().flat_map(|revision| embeds.layout().files(revision));
            files.map(|(_, text)| text.len()).sum()
        };
        let files = text(&history) - text(&first);
        beyond_sql = beyond_sql.cell(embeds.column(), format!("{:.0}", per_migration(added, sql)));
        beyond_files = beyond_files.cell(embeds.column(), format!("{:.0}", per_migration(added, files)));
    }
    table.push(beyond_sql);
    table.push(beyond_files);
    Ok(())
}
