use super::{
    Tool, number,
    row::{Row, cell, is_true},
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// golang-migrate keeps one row, of the last version, which it marks as dirty while it works and after a failure.
/// <https://github.com/golang-migrate/migrate/blob/master/FAQ.md>
pub(super) struct GolangMigrate;

impl Tool for GolangMigrate {
    fn name(&self) -> &'static str {
        "golang-migrate"
    }

    fn table(&self) -> &'static str {
        "schema_migrations"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version", "dirty"]
    }

    /// Other tools have a table of this name as well.
    fn keeps(&self, columns: &[String]) -> bool {
        *columns == ["version", "dirty"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        if let Some(row) = rows.iter().find(|row| is_true(row, 1)) {
            let version = cell(row, 0);
            return Err(Failure::refused(
                format!(
                    "golang-migrate marks version `{version}` as dirty: it failed half-way, or is at work"
                ),
                format!(
                    "see what of it was carried out, finish it or undo it by hand, and tell golang-migrate: \
                     `migrate force {version}`, or the version before"
                ),
            ));
        }
        Ok(Ledger::Heads(rows.iter().map(|row| Entry::new(cell(row, 0))).collect()))
    }

    fn key(&self, version: &str) -> String {
        number(version)
    }

    fn command(&self) -> &'static str {
        "migrate up"
    }
}
