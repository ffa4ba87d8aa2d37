//! The tools whose databases can be taken over, one a file.

mod alembic;
mod dbmate;
mod diesel;
mod golang_migrate;
mod goose;
mod refinery;
mod row;
mod sea_orm;
mod spelling;
mod sqlx;

use migrate_core::graph::Revision;

use self::row::Row;
use super::ledger::{Entry, Ledger};
use crate::failure::Failure;

/// A migration tool: which table it keeps, and what the rows of that mean.
pub(crate) trait Tool: Sync {
    /// Its name, as `--from` takes it.
    fn name(&self) -> &'static str;

    /// The table that it makes, unless it is told another name.
    fn table(&self) -> &'static str;

    /// The columns that are read.
    fn columns(&self) -> &'static [&'static str];

    /// Whether a table with these columns is one of its own.
    fn keeps(&self, columns: &[String]) -> bool {
        self.columns().iter().all(|wanted| columns.iter().any(|column| column == wanted))
    }

    /// What the rows of the table say; refuses those that nothing can be made of before somebody has looked.
    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure>;

    /// What all spellings of one version have in common.
    fn key(&self, version: &str) -> String {
        version.to_owned()
    }

    /// What a revision may be called in the table.
    fn names<'r>(&self, revision: Revision<'r>) -> Vec<&'r str> {
        vec![revision.id()]
    }

    /// Whether the tool has applied this text.
    fn compare(&self, entry: &Entry, text: &str) -> Comparison {
        let _ = (entry, text);
        Comparison::Unknown
    }

    /// The command that applies what is pending.
    fn command(&self) -> &'static str;
}

/// How a file stands to what was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Same,
    Edited,
    /// The tool keeps nothing to compare with.
    Unknown,
}

/// All of them, by name.
pub(crate) const TOOLS: [&dyn Tool; 8] = [
    &alembic::Alembic,
    &dbmate::Dbmate,
    &diesel::Diesel,
    &golang_migrate::GolangMigrate,
    &goose::Goose,
    &refinery::Refinery,
    &sea_orm::SeaOrm,
    &sqlx::Sqlx,
];

/// A version that is a number, without leading zeros; another one as it is.
fn number(version: &str) -> String {
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return version.to_owned();
    }
    let digits = version.trim_start_matches('0');
    if digits.is_empty() { "0".to_owned() } else { digits.to_owned() }
}

#[cfg(test)]
mod tests;
