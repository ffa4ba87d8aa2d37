use super::{
    Tool,
    row::{Row, cell},
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// Diesel keeps the version of each migration, without the dashes of its folder, and no checksum.
/// <https://docs.rs/diesel_migrations>
pub(super) struct Diesel;

impl Tool for Diesel {
    fn name(&self) -> &'static str {
        "diesel"
    }

    fn table(&self) -> &'static str {
        "__diesel_schema_migrations"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        Ok(Ledger::All(rows.iter().map(|row| Entry::new(cell(row, 0))).collect()))
    }

    fn key(&self, version: &str) -> String {
        version.replace('-', "")
    }

    fn command(&self) -> &'static str {
        "diesel migration run"
    }
}
