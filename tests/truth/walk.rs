use std::{collections::BTreeSet, path::Path};

use migrate_analysis::{
    Report, check,
    config::Config,
    replay::{Event, EventKind, Replay, Script},
    source::Sources,
};
use migrate_core::{
    Graph, Schema,
    compare::{Change, Difference, compare},
    graph::RevisionIndex,
};

use crate::{history::History, live::Live, table::Row};

/// A revision, as the replay has it.
struct Station {
    index: RevisionIndex,
    after: Schema,
    refused: Option<usize>,
}

/// Carries a history out, and compares at every revision.
pub(crate) async fn walk<L: Live>(history: &History, files: &Path, mut live: L) -> Row {
    let database = history.database.parse().expect("the list names a database");
    let config = Config { databases: vec![database], ..Config::default() };
    let report = check(&Sources::read(files), &config);
    let edition = report.editions.first().expect("there is one database");
    let replay = edition.replay.as_ref().expect("there is a grammar for it");
    let mut row = Row { name: history.name.clone(), revisions: edition.graph.len(), ..Row::default() };
    count(replay, &mut row);
    let blamed = blamed_files(&report);
    let mut before = live.catalog().await;
    for station in stations(&edition.graph, replay) {
        let id = edition.graph.revision(station.index).id().to_owned();
        let scripts = &replay.scripts[station.index.0 as usize];
        if let Some(up) = &scripts.up {
            let ran = live.run(&texts(up), up.transaction).await;
            if let Err((place, message)) = ran {
                if station.refused.is_none_or(|refused| refused > place) {
                    row.missed += 1;
                }
                row.stopped = Some((id, message.lines().next().unwrap_or_default().to_owned()));
                return row;
            }
            if let Some(place) = station.refused {
                row.false_errors += 1;
                println!("{}: {id}: the database accepts `{}`", history.name, first_line(&texts(up)[place]));
            }
        }
        let after = live.catalog().await;
        row.compared += 1;
        row.unknown += usize::from(station.after.unknown.everything);
        let differences = compare(&station.after, &after);
        if differences.is_empty() {
            row.equal += 1;
        }
        for difference in differences.iter().take(8) {
            println!("{}: {id}: {difference}", history.name);
        }
        if let Some(down) = &scripts.down {
            let is_blamed = blamed.contains(down.file.path());
            way_back(&mut live, down, (&before, &after), is_blamed, (&history.name, &id), &mut row).await;
        }
        before = after;
    }
    row
}

/// Takes a revision back on a copy.
async fn way_back<L: Live>(
    live: &mut L,
    down: &Script,
    (before, after): (&Schema, &Schema),
    is_blamed: bool,
    (history, id): (&str, &str),
    row: &mut Row,
) {
    if before == after && down.statements.is_empty() {
        return;
    }
    let wrong = match live.catalog_after(&texts(down), down.transaction).await {
        Err(message) => Some(message),
        Ok(reached) => {
            let found = compare(before, &reached);
            let serious: Vec<String> =
                found.iter().filter(|difference| is_serious(difference)).map(ToString::to_string).collect();
            (!serious.is_empty()).then(|| serious.join("; "))
        }
    };
    match wrong {
        Some(wrong) => {
            row.wrong_downs += 1;
            row.found_downs += usize::from(is_blamed);
            if !is_blamed {
                println!(
                    "{history}: {id}: the way back is wrong, and nothing says so: {}",
                    first_line(&wrong)
                );
            }
        }
        None if is_blamed => {
            row.false_downs += 1;
            println!("{history}: {id}: the way back is right, and was found fault with");
        }
        None => {}
    }
}

/// What is more than a matter of taste.
fn is_serious(difference: &Difference) -> bool {
    !matches!(difference.change, Change::ColumnOrder | Change::OtherName { .. })
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn texts(script: &Script) -> Vec<String> {
    script.statements.iter().map(|statement| statement.span.of(script.file.text()).to_owned()).collect()
}

fn count(replay: &Replay, row: &mut Row) {
    let scripts = replay.scripts.iter().flat_map(|scripts| scripts.up.iter().chain(&scripts.down));
    for statement in scripts.flat_map(|script| &script.statements) {
        row.statements += 1;
        if let Some(reason) = statement.lowered.opaque {
            *row.opaque.entry(reason.name()).or_default() += 1;
        }
    }
}

fn stations(graph: &Graph, replay: &Replay) -> Vec<Station> {
    let mut stations = Vec::new();
    replay.run(graph, |replayed| {
        let refused = |event: &Event| matches!(event.kind, EventKind::Refused(_)).then_some(event.statement);
        stations.push(Station {
            index: replayed.index,
            after: replayed.after.clone(),
            refused: replayed.events.iter().find_map(refused),
        });
    });
    stations
}

/// The files whose ways back are found fault with.
fn blamed_files(report: &Report) -> BTreeSet<String> {
    const RULES: [&str; 7] = [
        "down-does-not-apply",
        "down-does-not-restore",
        "down-drops-older-object",
        "empty-down",
        "enum-value-stays",
        "syntax-error",
        "transaction-control",
    ];
    let findings = report.diagnostics.iter().chain(&report.shipped);
    let findings = findings.filter(|finding| RULES.contains(&finding.rule));
    findings.filter_map(|finding| Some(finding.primary.as_ref()?.file.path().to_owned())).collect()
}
