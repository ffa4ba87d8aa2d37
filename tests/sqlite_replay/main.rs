//! Small generated histories, valid and invalid: what the replay says of each statement, and what SQLite does. After each
//! one the replayed schema is compared with the catalog, by its statements and by the pragmas.
//!
//! `SQLITE_HISTORIES` is how many there are, `SQLITE_SEED` which is the first.

mod columns;
mod database;
mod facts;
mod generator;
mod name;
mod statement;

#[path = "../support/told.rs"]
mod told;

use std::collections::BTreeMap;

use migrate_analysis::sql::lower;
use migrate_core::{Dialect, Schema, compare::compare};

use database::Database;
use generator::Generator;
use told::{class, told};

/// Refusals of which the replay says nothing: most are about rows, of which it knows nothing.
const SILENT: [&str; 10] = [
    "constraint failed",
    "datatype mismatch",
    "cannot store",
    // Whether a name stands for the number of a row or for a string is left open.
    "no such column: rowid",
    "circularly defined",
    // A rename of the old kind, of a column, fails without a word where a view is broken.
    "SQL logic error",
    "Cannot add a NOT NULL column with default value NULL",
    "Cannot add a column with non-constant default",
    "Cannot add a REFERENCES column with non-NULL default value",
    "cannot add a STORED column",
];

#[tokio::test]
async fn the_replay_knows_what_sqlite_does() {
    let histories = setting("SQLITE_HISTORIES", 200);
    let first = setting("SQLITE_SEED", 1);
    let mut findings: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for seed in first..first + histories {
        if let Some((kind, finding)) = replay(seed).await {
            let (count, _) = findings.entry(kind).or_insert((0, finding));
            *count += 1;
        }
    }
    let listed: Vec<String> = findings
        .into_iter()
        .map(|(kind, (count, first))| format!("{count} times {kind}\n{first}\n"))
        .collect();
    assert!(listed.is_empty(), "{}", listed.join("\n"));
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Replays one history up to its first finding.
async fn replay(seed: u64) -> Option<(String, String)> {
    let mut database = Database::open().await;
    let mut generator = Generator::new(seed);
    let mut schema = Schema::new(Dialect::Sqlite);
    let mut script = Vec::new();
    for place in 0..25 {
        let objects = database.objects().await;
        for statement in generator.statements(&objects) {
            let real = database.execute(&statement).await;
            script.push(match &real {
                Ok(()) => format!("{statement};"),
                Err(error) => format!("{statement}; -- {error}"),
            });
            let found = |kind: &str, what: &str| {
                let script = script.join("\n    ");
                Some((kind.to_owned(), format!("seed {seed}: {what}\n    {script}")))
            };
            let (told, after) = told(&schema, &statement, place);
            match (told, real) {
                (Err(refusal), Ok(())) => {
                    return found(&format!("refused in vain: {}", class(&refusal)), &refusal);
                }
                (Ok(()), Err(error)) if is_to_be_told(&statement, &error, &schema) => {
                    return found(&format!("missed: {}", class(&error)), &error);
                }
                (Ok(()), Ok(())) => schema = after,
                _ => {}
            }
            if lower(&statement, Dialect::Sqlite).opaque.is_some() {
                return None;
            }
            let actual = match database.schema().await {
                Ok(actual) => actual,
                Err(problem) => return found("unreadable catalog", &problem),
            };
            if let Some(difference) = compare(&schema, &actual).first() {
                let difference = difference.to_string();
                return found(&format!("difference: {}", class(&difference)), &difference);
            }
            if let Some(difference) = facts::difference(&schema, &mut database).await {
                return found(&format!("difference: {}", class(&difference)), &difference);
            }
        }
    }
    None
}

/// Whether the replay should have known that SQLite refuses a statement.
fn is_to_be_told(statement: &str, error: &str, schema: &Schema) -> bool {
    // What a view shows by a star changes with its tables, so that no column of it is ever missing.
    let has_stars = schema.views.values().any(|view| view.columns.is_none());
    if has_stars && error.contains("no such column") {
        return false;
    }
    let is_silent = SILENT.iter().any(|known| error.contains(known));
    // What the triggers of a trigger do is looked at no further.
    let has_triggers = schema.tables.values().any(|table| !table.triggers.is_empty());
    // A name without `NEW` before it is taken for one of the row all the same.
    let in_triggers = ["because it is a view", "has no column named", "error in trigger"];
    if has_triggers && in_triggers.iter().any(|known| error.contains(known)) {
        return false;
    }
    // How many values a star stands for is not told of the source of an `INSERT`.
    let is_about_stars = error.contains("values for") || error.contains("values were supplied");
    let is_known = is_silent || (is_about_stars && statement.contains('*'));
    !is_known && lower(statement, Dialect::Sqlite).opaque.is_none()
}
