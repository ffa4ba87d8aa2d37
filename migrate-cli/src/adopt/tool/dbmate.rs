use super::{
    Tool,
    row::{Row, cell},
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// Dbmate keeps the text of each version. Its table is that of Rails, too.
/// <https://github.com/amacneil/dbmate#usage>
pub(super) struct Dbmate;

impl Tool for Dbmate {
    fn name(&self) -> &'static str {
        "dbmate"
    }

    fn table(&self) -> &'static str {
        "schema_migrations"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version"]
    }

    /// Other tools have a table of this name as well, with more columns.
    fn keeps(&self, columns: &[String]) -> bool {
        *columns == ["version"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        Ok(Ledger::All(rows.iter().map(|row| Entry::new(cell(row, 0))).collect()))
    }

    fn command(&self) -> &'static str {
        "dbmate migrate"
    }
}
