//! How two schemas differ, and what makes one of the other.
//!
//! Each text in `tests/differences` holds two scripts: that of what is expected, whose first line says the database, and
//! behind a line `-- actual` that of what is there. The snapshot beside it holds the differences and the statements that
//! mend them; carried out, they leave none, but where a line `-- stays` in the text says so.

#![cfg(all(feature = "sqlite", feature = "postgres"))]

#[expect(clippy::disallowed_methods, reason = "tests read files")]
#[path = "support/snapshots.rs"]
mod snapshots;

use std::{fmt::Write as _, path::Path};

use migrate_analysis::{
    replay::{Origins, Script, run},
    source::SourceFile,
};
use migrate_core::{Dialect, Schema, compare::compare, diff::diff, emit::emit, schema::Origin};

fn made(text: &str, dialect: Dialect) -> Schema {
    let file = SourceFile::new("", "script.sql", text);
    let outcome = run(&Script::of_text(&file, dialect, &mut Origins::default()), Schema::new(dialect));
    assert!(outcome.events.is_empty(), "{:?}", outcome.events);
    outcome.schema
}

/// The differences of the two scripts, and what mends them.
fn differences(text: &str) -> String {
    let (first, rest) = text.split_once('\n').expect("a line that says the database");
    let dialect: Dialect = first.trim_start_matches("--").trim().parse().expect("a database");
    let (expected, actual) = rest.split_once("-- actual\n").expect("what is there");
    let (expected, actual) = (made(expected, dialect), made(actual, dialect));
    let found = compare(&expected, &actual);
    if found.is_empty() {
        return "no difference".to_owned();
    }
    let mut shown = String::new();
    for difference in &found {
        let _ = writeln!(shown, "{difference}");
    }
    let mut mended = actual.clone();
    for operation in diff(&actual, &expected) {
        for statement in emit(&operation, &mended) {
            let _ = write!(shown, "\n{statement};");
        }
        if let Err(refusal) = mended.apply(&operation, Origin::NONE) {
            let _ = write!(shown, "\n-- refused: {refusal}");
        }
    }
    let left = compare(&expected, &mended);
    if !text.contains("-- stays\n") {
        assert_eq!(left, [], "{shown}");
    }
    for difference in left {
        let _ = write!(shown, "\n-- {difference}");
    }
    shown
}

#[test]
fn each_pair_of_scripts_differs_as_its_snapshot_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differences");
    snapshots::compare(&folder, ".txt", |_, text| differences(text));
}
