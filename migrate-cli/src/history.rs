use std::fmt::Write as _;

use migrate_analysis::Report;
use migrate_core::graph::{Down, Revision, Script};

use crate::{
    Outcome,
    arguments::History,
    check::{counted, for_people},
    failure::Failure,
    package::Package,
};

/// `cargo migrate history`
pub(crate) fn run(arguments: &History, colour: bool) -> Result<Outcome, Failure> {
    let report = Package::load(&arguments.place)?.report;
    let Some(first) = report.editions.first().filter(|_| !report.is_refused()) else {
        let text =
            for_people(&report, colour) + "there is no history to list before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    };
    let range = arguments.range.clone().unwrap_or_default();
    let mut text = String::new();
    for revision in first.graph.history(&range, None)? {
        if arguments.verbose {
            text.push_str(&block(&report, revision));
        } else {
            text.push_str(&line(revision));
        }
    }
    Ok(Outcome { text, refused: false })
}

/// `def456abc789 < abc123def456  (head, planning)  add priority`
fn line(revision: Revision<'_>) -> String {
    let mut line = format!("{} <", revision.id());
    for (place, parent) in revision.parents().enumerate() {
        let _ = write!(line, "{} {}", if place == 0 { "" } else { "," }, parent.id());
    }
    let marks = marks(revision);
    if !marks.is_empty() {
        let _ = write!(line, "  ({})", marks.join(", "));
    }
    let _ = writeln!(line, "  {}", revision.message());
    line
}

/// What is special about a revision: its place in the graph, then its labels.
fn marks(revision: Revision<'_>) -> Vec<&str> {
    let places = [(revision.is_head(), "head"), (revision.is_merge(), "merge"), (revision.is_base(), "base")];
    let places = places.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name);
    places.chain(revision.labels()).collect()
}

/// All that is known of a revision, and an empty line.
fn block(report: &Report, revision: Revision<'_>) -> String {
    let marks = marks(revision);
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    let mut fields = vec![("message", revision.message().to_owned())];
    fields.extend(revision.created().map(|date| ("created", format!("{date} UTC"))));
    fields.push(("revises", ids(revision.parents())));
    fields.push(("depends on", ids(revision.dependencies())));
    for edition in &report.editions {
        if let Some(revision) = edition.graph.find(revision.id()) {
            fields.push((edition.dialect.name(), scripts(revision)));
            fields.push(("", revision.fingerprint().to_string()));
        }
    }
    let mut block = format!("{}{marks}\n", revision.id());
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(block, "    {name:<12}{value}");
    }
    block + "\n"
}

fn ids<'g>(revisions: impl Iterator<Item = Revision<'g>>) -> String {
    revisions.map(Revision::id).collect::<Vec<_>>().join(", ")
}

fn scripts(revision: Revision<'_>) -> String {
    let script = |script: Script<'_>| {
        let outside = if script.transaction { "" } else { ", in no transaction" };
        format!("{} ({}{outside})", script.file, counted(script.statements.len(), "statement"))
    };
    let up = revision.up().map_or("nothing".into(), script);
    let down = match revision.down() {
        Down::Nothing => "nothing".into(),
        Down::Script(down) => script(down),
        Down::Irreversible(reason) => format!("irreversible: {reason}"),
    };
    format!("up {up}; down {down}")
}
