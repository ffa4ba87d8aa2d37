//! Canaries: a live database is changed behind our back, and the comparison with its migrations has to report exactly
//! that.
//!
//! `<database>.txt` holds what the migrations make, and a canary for each property that is compared. What is reported of
//! them stands in `snapshots`; nothing at all is reported before a canary, and something of each.

mod canary;
mod live;

#[path = "../support/server.rs"]
mod server;

use std::fmt::Write as _;

use migrate_analysis::{
    replay::{Origins, Script, run},
    source::SourceFile,
};
use migrate_core::{Dialect, Schema, compare::compare};

use canary::Specification;
use live::Live;

#[tokio::test]
async fn of_a_database_of_postgresql_exactly_that_is_reported_which_was_changed() {
    let Some(live) = Live::postgres().await else { return };
    insta::assert_snapshot!("postgres", watch(include_str!("postgres.txt"), Dialect::Postgres, live).await);
}

#[tokio::test]
async fn of_a_database_of_sqlite_exactly_that_is_reported_which_was_changed() {
    let live = Live::sqlite().await;
    insta::assert_snapshot!("sqlite", watch(include_str!("sqlite.txt"), Dialect::Sqlite, live).await);
}

/// What is reported of each canary.
async fn watch(text: &str, dialect: Dialect, mut live: Live) -> String {
    let specification = Specification::read(text);
    let mut origins = Origins::default();
    let file = SourceFile::new("", "up.sql", &*specification.migrations);
    let script = Script::of_text(&file, dialect, &mut origins);
    let outcome = run(&script, Schema::new(dialect));
    assert!(outcome.events.is_empty(), "the replay accepts what the database accepts: {:#?}", outcome.events);
    live.run(&specification.migrations).await;
    assert_eq!(reported(&outcome.schema, &mut live).await, "", "nothing was changed yet");

    let mut report = String::new();
    for canary in &specification.canaries {
        live.run("BEGIN").await;
        live.run(&canary.change).await;
        let reported = reported(&outcome.schema, &mut live).await;
        live.run("ROLLBACK").await;
        assert_ne!(reported, "", "{} is not seen", canary.name);
        let _ = writeln!(report, "== {}\n{reported}", canary.name);
    }
    report
}

/// The differences, one a line.
async fn reported(expected: &Schema, live: &mut Live) -> String {
    let actual = live.schema().await;
    compare(expected, &actual).iter().map(|difference| format!("{difference}\n")).collect()
}
