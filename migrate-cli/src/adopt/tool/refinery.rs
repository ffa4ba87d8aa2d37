use std::hash::{Hash as _, Hasher as _};

use siphasher::sip::SipHasher13;

use super::{
    Comparison, Tool, number,
    row::{Row, cell},
    spelling::spellings,
};
use crate::{
    adopt::ledger::{Entry, Ledger},
    failure::Failure,
};

/// Refinery keeps version, name, and a checksum of both and the text: `SipHasher13` over what Rust's `Hash` feeds it.
/// The version is a number of 32 bits there, or of 64 with its feature `int8-versions`.
/// <https://docs.rs/refinery-core/0.10.1/src/refinery_core/runner.rs.html>
pub(super) struct Refinery;

impl Tool for Refinery {
    fn name(&self) -> &'static str {
        "refinery"
    }

    fn table(&self) -> &'static str {
        "refinery_schema_history"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["version", "name", "checksum"]
    }

    fn read(&self, rows: &[Row]) -> Result<Ledger, Failure> {
        let text = |row: &Row, index| row.get(index).cloned().flatten();
        let entry =
            |row: &Row| Entry { name: text(row, 1), checksum: text(row, 2), ..Entry::new(cell(row, 0)) };
        Ok(Ledger::All(rows.iter().map(entry).collect()))
    }

    fn key(&self, version: &str) -> String {
        number(version)
    }

    fn compare(&self, entry: &Entry, text: &str) -> Comparison {
        let (Some(name), Some(kept)) = (&entry.name, &entry.checksum) else { return Comparison::Unknown };
        let (Ok(version), Ok(kept)) = (entry.version.parse::<i64>(), kept.parse::<u64>()) else {
            return Comparison::Unknown;
        };
        let short = i32::try_from(version).ok();
        let is_kept = |text: String| {
            short.is_some_and(|version| checksum(name, version, &text) == kept)
                || checksum(name, version, &text) == kept
        };
        if spellings(text).into_iter().any(is_kept) { Comparison::Same } else { Comparison::Edited }
    }

    fn command(&self) -> &'static str {
        "refinery migrate"
    }
}

fn checksum(name: &str, version: impl std::hash::Hash, text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    name.hash(&mut hasher);
    version.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish()
}
