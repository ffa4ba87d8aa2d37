use std::fmt::Write as _;

use migrate_analysis::Report;
use migrate_core::graph::{Down, Revision, Script};
use migrate_runtime::HistoryEntry;

use crate::{
    Outcome, address,
    arguments::History,
    check::{counted, for_people},
    failure::Failure,
    loaded,
    package::Package,
};

/// `cargo migrate history`
pub(crate) async fn run(arguments: &History, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    let database = match arguments.indicate_current {
        true => Some(address::database(arguments.database_url.as_deref(), &package)?),
        false => None,
    };
    let package = match &database {
        Some(database) => package.or_for(database.dialect()),
        None => package,
    };
    let report = &package.report;
    let Some(first) = report.editions.first().filter(|_| !report.is_refused()) else {
        let text =
            for_people(report, colour) + "there is no history to list before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    };
    let range = arguments.range.clone().unwrap_or_default();
    let listed: Vec<Listed<'_>> = match &database {
        None => first.graph.history(&range, None)?.into_iter().map(Listed::of).collect(),
        Some(database) => {
            let graph = loaded::graph(&package);
            let entries = graph.on(database).history(&range.to_string()).await;
            let entries = entries.map_err(|error| address::failure(database, error))?;
            let listed = |entry: HistoryEntry| {
                let revision = first.graph.find(&entry.revision)?;
                Some(Listed { revision, is_current: entry.is_current, applied_at: entry.applied_at })
            };
            entries.into_iter().filter_map(listed).collect()
        }
    };
    let text = listed
        .iter()
        .map(|listed| if arguments.verbose { listed.block(report) } else { listed.line() })
        .collect();
    Ok(Outcome { text, refused: false })
}

/// A revision, and what a database says of it.
struct Listed<'g> {
    revision: Revision<'g>,
    is_current: bool,
    applied_at: Option<String>,
}

impl<'g> Listed<'g> {
    fn of(revision: Revision<'g>) -> Self {
        Self { revision, is_current: false, applied_at: None }
    }

    /// `def456abc789 < abc123def456  (head, planning)  add priority`
    fn line(&self) -> String {
        let revision = self.revision;
        let mut line = format!("{} <", revision.id());
        for (place, parent) in revision.parents().enumerate() {
            let _ = write!(line, "{} {}", if place == 0 { "" } else { "," }, parent.id());
        }
        let marks = self.marks();
        if !marks.is_empty() {
            let _ = write!(line, "  ({})", marks.join(", "));
        }
        let _ = writeln!(line, "  {}", revision.message());
        line
    }

    /// What is special about it: its place in the database and in the graph, then its labels.
    fn marks(&self) -> Vec<&str> {
        let revision = self.revision;
        let places = [
            (self.is_current, "current"),
            (revision.is_head(), "head"),
            (revision.is_merge(), "merge"),
            (revision.is_base(), "base"),
        ];
        let places = places.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name);
        places.chain(revision.labels()).collect()
    }

    /// All that is known of it, and an empty line.
    fn block(&self, report: &Report) -> String {
        let revision = self.revision;
        let marks = self.marks();
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        let mut fields = vec![("message", revision.message().to_owned())];
        fields.extend(revision.created().map(|date| ("created", format!("{date} UTC"))));
        fields.extend(self.applied_at.clone().map(|date| ("applied", date)));
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
