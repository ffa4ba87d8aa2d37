use sha2::{Digest as _, Sha384};

use super::{
    Comparison, Tool, number,
    row::{Row, cell, is_true},
    spelling::spellings,
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// sqlx keeps the version of each migration, whether it came to its end, and the SHA-384 of its file.
/// <https://docs.rs/sqlx/0.9.0/sqlx/migrate/>
pub(super) struct Sqlx;

/// What the documentation of sqlx.toml suggests to leave out of checksums: `ignored-chars`.
const IGNORED: [char; 4] = [' ', '\t', '\r', '\n'];

impl Tool for Sqlx {
    fn name(&self) -> &'static str {
        "sqlx"
    }

    fn table(&self) -> &'static str {
        "_sqlx_migrations"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version", "success", "checksum"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        if let Some(row) = rows.iter().find(|row| !is_true(row, 1)) {
            let version = cell(row, 0);
            return Err(Failure::refused(
                format!(
                    "sqlx marks version `{version}` as not successful: it failed half-way, or is at work"
                ),
                format!(
                    "see what of it was carried out; finish it by hand and set `success`, or undo it by hand and \
                     delete the row: `DELETE FROM _sqlx_migrations WHERE version = {version}`"
                ),
            ));
        }
        let entry = |row: &Row| Entry { checksum: row.get(2).cloned().flatten(), ..Entry::new(cell(row, 0)) };
        Ok(Ledger::All(rows.iter().map(entry).collect()))
    }

    fn key(&self, version: &str) -> String {
        number(version)
    }

    fn compare(&self, entry: &Entry, text: &str) -> Comparison {
        let Some(kept) = &entry.checksum else { return Comparison::Unknown };
        let mut texts = spellings(text);
        texts.extend(spellings(&text.replace('\r', "")));
        texts.extend(spellings(&text.replace(IGNORED, "")));
        if texts.iter().any(|text| checksum(text) == *kept) { Comparison::Same } else { Comparison::Edited }
    }

    fn command(&self) -> &'static str {
        "sqlx migrate run"
    }
}

fn checksum(text: &str) -> String {
    Sha384::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
