//! How statements are recovered that were cut off outside a transaction.
//!
//! Each text in `tests/recoveries` is named after a database and has a statement a line. The snapshot beside it holds
//! what the first words tell of each, and how it is recovered where that says that it may be in doubt.

#![cfg(all(feature = "sqlite", feature = "postgres"))]

#[expect(clippy::disallowed_methods, reason = "tests read files")]
#[path = "support/snapshots.rs"]
mod snapshots;

use std::{fmt::Write as _, path::Path};

use migrate_analysis::sql;
use migrate_core::{
    Dialect,
    graph::{Recovery, StatementKind},
};

/// The recoveries of the statements of a text.
fn recoveries(text: &str, dialect: Dialect) -> String {
    let mut shown = String::new();
    for line in text.lines() {
        let kind = sql::statement_kind(line, dialect);
        let recovery = sql::recovery(line, &sql::lower(line, dialect), dialect);
        let is_in_doubt = match kind {
            StatementKind::Data | StatementKind::Session | StatementKind::TransactionControl => false,
            StatementKind::Schema => !dialect.capabilities().transactional_ddl,
            StatementKind::Other => true,
        };
        let _ = match (line, is_in_doubt) {
            ("", _) => writeln!(shown),
            (_, false) => writeln!(shown, "{line}\n    {kind:?}"),
            (_, true) if recovery == Recovery::UNKNOWN => writeln!(shown, "{line}\n    unknown"),
            (_, true) => {
                writeln!(shown, "{line}\n    {}", recovery.to_string().replace('\n', "\n    "))
            }
        };
    }
    shown
}

#[test]
fn each_statement_is_recovered_as_in_its_snapshot() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recoveries");
    snapshots::compare(&folder, ".txt", |name, text| recoveries(text, name.parse().unwrap()));
}
