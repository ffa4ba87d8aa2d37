use std::path::Path;

use migrate_core::graph::Revision;

use super::{
    Tool,
    row::{Row, cell},
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// sea-orm-migration keeps the name of each migration, which is that of its Rust file. Its migrations are programs: the
/// files of SQL that take their place say the name as their id, or bear it.
/// <https://docs.rs/sea-orm-migration>
pub(super) struct SeaOrm;

impl Tool for SeaOrm {
    fn name(&self) -> &'static str {
        "sea-orm"
    }

    fn table(&self) -> &'static str {
        "seaql_migrations"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        Ok(Ledger::All(rows.iter().map(|row| Entry::new(cell(row, 0))).collect()))
    }

    fn names<'r>(&self, revision: Revision<'r>) -> Vec<&'r str> {
        let file = revision.up().map(|script| Path::new(script.file));
        let stem = file.and_then(Path::file_stem).and_then(|stem| stem.to_str());
        [Some(revision.id()), stem].into_iter().flatten().collect()
    }

    fn command(&self) -> &'static str {
        "sea-orm-cli migrate up"
    }
}
