//! What statements are lowered to.
//!
//! Each script in `tests/lowering/<database>` is one topic, a statement a paragraph. The snapshot beside it holds the
//! operations, briefly: without what is false, empty or not there; below them what queries and conditions name.

#![cfg(feature = "postgres")]

mod brief;
mod scopes;
#[expect(clippy::disallowed_methods, reason = "tests read files")]
#[path = "../support/snapshots.rs"]
mod snapshots;

use std::path::Path;

use migrate_analysis::sql::{lower, split};
use migrate_core::{Dialect, Span};

#[test]
fn each_statement_of_postgresql_is_lowered_as_in_its_snapshot() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lowering/postgres");
    snapshots::compare(&folder, ".sql", |_, script| lowered(script, Dialect::Postgres));
}

fn lowered(script: &str, dialect: Dialect) -> String {
    let whole = Span::new(0, u32::try_from(script.len()).unwrap());
    let mut shown = String::new();
    for statement in split(script, whole, dialect).statements {
        let text = statement.span.of(script);
        let lowered = lower(text, dialect);
        shown.push_str(text);
        shown.push('\n');
        for error in &lowered.errors {
            shown.push_str(&format!("    error at `{}`: {}\n", error.span.of(text), error.message));
        }
        if let Some(reason) = lowered.opaque {
            shown.push_str(&format!("    opaque: {}\n", reason.name()));
        }
        for operation in lowered.operations.iter().filter(|_| lowered.errors.is_empty()) {
            shown.push_str(&format!("    {}\n", brief::brief(&format!("{operation:?}"))));
            shown.push_str(&scopes::scopes(operation));
        }
        shown.push('\n');
    }
    shown
}
