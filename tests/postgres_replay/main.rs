//! Small generated histories, valid and invalid: what the replay says of each statement, and what PostgreSQL does; what
//! the replay then says of the database, and what the catalog says.
//!
//! `POSTGRES_HISTORIES` says how many, `POSTGRES_SEED` where to begin. A statement that the replay accepts and the server
//! does not is no mistake: types of expressions, rows and sessions are not replayed. `POSTGRES_MISSED` lists these, too.

mod column;
mod database;
mod generator;
mod object;
mod pick;
mod routine;
mod table;
mod user_type;
mod view;

#[path = "../support/server.rs"]
mod server;

#[path = "../support/told.rs"]
mod told;

use std::collections::BTreeMap;

use migrate_analysis::sql::lower;
use migrate_core::{Dialect, Schema, compare::compare};

use database::Database;
use generator::Generator;
use told::{class, told};

#[tokio::test]
async fn the_replay_knows_what_postgresql_does() {
    let Some(database) = server::postgres() else { return };
    let mut database = Database::open(database.url()).await;
    let histories = setting("POSTGRES_HISTORIES", 40);
    let first = setting("POSTGRES_SEED", 1);
    let mut findings: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for seed in first..first + histories {
        database.begin().await;
        for (kind, finding) in replay(seed, &mut database).await {
            let (count, _) = findings.entry(kind).or_insert((0, finding));
            *count += 1;
        }
        database.roll_back().await;
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

/// Replays one history up to its first mistake.
async fn replay(seed: u64, database: &mut Database) -> Vec<(String, String)> {
    let lists_missed = std::env::var_os("POSTGRES_MISSED").is_some();
    let mut findings = Vec::new();
    let mut generator = Generator::new(seed);
    let mut schema = Schema::new(Dialect::Postgres);
    let mut actual = schema.clone();
    let mut script = Vec::new();
    for place in 0..25 {
        let statement = generator.statement(&actual);
        let real = database.execute(&statement).await;
        script.push(match &real {
            Ok(()) => format!("{statement};"),
            Err(error) => format!("{statement}; -- {error}"),
        });
        let found = |kind: &str, what: &str| {
            let script = script.join("\n    ");
            (format!("{kind}: {}", class(what)), format!("seed {seed}: {what}\n    {script}"))
        };
        let lowered = lower(&statement, Dialect::Postgres);
        assert!(!lowered.errors.is_empty() || lowered.opaque.is_none(), "{statement}");
        let (told, after) = told(&schema, &statement, place);
        match (told, real) {
            (Err(refusal), Ok(())) => {
                findings.push(found("refused in vain", &refusal));
                return findings;
            }
            (Ok(()), Err(error)) if lists_missed => findings.push(found("missed", &error)),
            (Ok(()), Ok(())) => {
                schema = after;
                actual = database.schema().await;
            }
            _ => {}
        }
        if let Some(difference) = compare(&schema, &actual).first() {
            findings.push(found("difference", &difference.to_string()));
            return findings;
        }
    }
    findings
}
