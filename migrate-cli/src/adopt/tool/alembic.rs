use super::{
    Tool,
    row::{Row, cell},
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// Alembic keeps the heads alone: a row for each branch.
/// <https://alembic.sqlalchemy.org/en/latest/api/runtime.html>
pub(super) struct Alembic;

impl Tool for Alembic {
    fn name(&self) -> &'static str {
        "alembic"
    }

    fn table(&self) -> &'static str {
        "alembic_version"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version_num"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        Ok(Ledger::Heads(rows.iter().map(|row| Entry::new(cell(row, 0))).collect()))
    }

    fn command(&self) -> &'static str {
        "alembic upgrade head"
    }
}
