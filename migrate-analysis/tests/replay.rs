//! What a script does to the simulated database.
//!
//! Each text in `tests/replay` is a script, of which the first line says the database: `-- postgres`. The snapshot beside
//! it holds what is said about its statements, and the schema at its end. A statement that is refused changes nothing.

#[expect(clippy::disallowed_methods, reason = "tests read files")]
#[path = "support/snapshots.rs"]
mod snapshots;

use std::{fmt::Write as _, path::Path};

use migrate_analysis::{
    replay::{Origins, Script},
    source::SourceFile,
};
use migrate_core::{
    Dialect, Schema,
    operation::{Notice, Refusal},
    schema::{Fate, Origin},
};

/// What is said about the statements of a script, and the schema at its end.
fn replayed(text: &str) -> String {
    let (first, _) = text.split_once('\n').expect("a line that says the database");
    let dialect: Dialect = first.trim_start_matches("--").trim().parse().expect("a database");
    let file = SourceFile::new("", "script.sql", text);
    let mut origins = Origins::default();
    let script = Script::of_text(&file, dialect, &mut origins);
    let line = |at: u32| text.get(..at as usize).unwrap_or_default().lines().count().max(1);
    let place = |origin: Origin| {
        origins.place(origin).map_or("nowhere".into(), |place| format!("line {}", line(place.span.start + 1)))
    };
    let mut schema = Schema::new(dialect);
    let mut shown = String::new();
    for statement in &script.statements {
        let mut said = Vec::new();
        said.extend(statement.lowered.opaque.map(|reason| format!("opaque: {}", reason.name())));
        said.extend(statement.lowered.errors.iter().map(|error| format!("error: {}", error.message)));
        match statement.apply(&mut schema) {
            Ok(notices) => said.extend(notices.iter().map(|notice| noticed(notice, &place))),
            Err(refused) => said.push(self::refused(&refused.refusal, &place)),
        }
        for said in said {
            let start = statement.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let start: String = start.chars().take(80).collect();
            let _ = writeln!(shown, "{}: {start}\n   {said}", line(statement.span.start + 1));
        }
    }
    if !shown.is_empty() {
        shown.push('\n');
    }
    shown + &schema.to_string()
}

fn noticed(notice: &Notice, place: &dyn Fn(Origin) -> String) -> String {
    match notice {
        Notice::AlreadyThere { object, made } => format!("note: {object} is there, made at {}", place(*made)),
        Notice::NotThere { object } => format!("note: there is no {object}"),
        Notice::AlsoDropped { object, made } => {
            format!("note: takes along {object}, made at {}", place(*made))
        }
        Notice::NeedsNoRows { object, table, lack } => {
            format!("note: {object} needs no rows ({lack:?}), the table is made at {}", place(*table))
        }
    }
}

fn refused(refusal: &Refusal, place: &dyn Fn(Origin) -> String) -> String {
    let more = match refusal {
        Refusal::Unknown { fate, similar, .. } => {
            let fate = fate.as_ref().map(|fate| match fate {
                Fate::Dropped(by) => format!("dropped at {}", place(*by)),
                Fate::Renamed { to, by } => format!("renamed to `{to}` at {}", place(*by)),
            });
            let similar = similar.as_ref().map(|similar| format!("did you mean `{similar}`?"));
            fate.into_iter().chain(similar).collect()
        }
        Refusal::Dependents { dependents, .. } => {
            dependents.iter().map(|(object, made)| format!("{object}, made at {}", place(*made))).collect()
        }
        Refusal::Duplicate { made, .. }
        | Refusal::WrongKind { made, .. }
        | Refusal::ReferencedNotUnique { made, .. }
        | Refusal::ForeignKeyTypes { made, .. } => vec![format!("made at {}", place(*made))],
        Refusal::Other { rule, about, .. } => {
            let about = about.as_ref().map(|(object, made)| format!("{object}, made at {}", place(*made)));
            std::iter::once((*rule).to_owned()).chain(about).collect()
        }
    };
    if more.is_empty() {
        format!("refused: {refusal}")
    } else {
        format!("refused: {refusal} ({})", more.join("; "))
    }
}

#[test]
fn each_script_does_what_its_snapshot_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay");
    snapshots::compare(&folder, ".txt", |_, text| replayed(text));
}
