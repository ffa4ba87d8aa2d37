use std::collections::BTreeMap;

use super::{
    Tool, number,
    row::{Row, cell, is_true},
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// Goose adds a row whenever it applies a version, and formerly also when it took one back: the newest row of a version
/// counts. Version 0 marks the beginning.
/// <https://github.com/pressly/goose/blob/master/database/dialect.go>
pub(super) struct Goose;

impl Tool for Goose {
    fn name(&self) -> &'static str {
        "goose"
    }

    fn table(&self) -> &'static str {
        "goose_db_version"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["id", "version_id", "is_applied"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        let mut newest: BTreeMap<&str, (u64, bool)> = BTreeMap::new();
        for row in rows {
            let id = cell(row, 0).parse().unwrap_or_default();
            let known = newest.entry(cell(row, 1)).or_default();
            if id >= known.0 {
                *known = (id, is_true(row, 2));
            }
        }
        let applied = newest.into_iter().filter(|(version, (_, applied))| *version != "0" && *applied);
        Ok(Ledger::All(applied.map(|(version, _)| Entry::new(version)).collect()))
    }

    fn key(&self, version: &str) -> String {
        number(version)
    }

    fn command(&self) -> &'static str {
        "goose up"
    }
}
