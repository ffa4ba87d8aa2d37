use std::collections::BTreeMap;

use migrate_core::{
    Graph, did_you_mean,
    graph::{Applied, Revision, RevisionIndex},
};

use super::{
    ledger::{Entry, Ledger},
    tool::{Comparison, Tool},
};
use crate::failure::Failure;

/// What the books of a tool mean in terms of the graph.
pub(super) struct Takeover<'g> {
    pub(super) applied: Applied<'g>,
    /// The files that were edited on purpose, by a header, so that a checksum of theirs says nothing.
    pub(super) with_header: usize,
}

impl<'g> Takeover<'g> {
    /// Compares the books with the graph.
    ///
    /// # Errors
    /// Where a version has no file, a file is not what was applied, or something applied rests on something that is not.
    pub(super) fn of(
        tool: &dyn Tool,
        table: &str,
        ledger: &Ledger,
        graph: &'g Graph,
    ) -> Result<Self, Failure> {
        let mut known: BTreeMap<String, RevisionIndex> = BTreeMap::new();
        for revision in graph.revisions() {
            for name in tool.names(revision) {
                known.entry(tool.key(name)).or_insert(revision.index());
            }
        }
        let mut matched = Vec::new();
        let mut unknown = Vec::new();
        for entry in ledger.entries() {
            match known.get(&tool.key(&entry.version)) {
                Some(&index) => matched.push((entry, graph.revision(index))),
                None => unknown.push(entry.version.as_str()),
            }
        }
        if !unknown.is_empty() {
            return Err(without_file(table, ledger, &unknown, graph));
        }
        let with_header = compare(tool, table, &matched)?;
        let indices = matched.iter().map(|(_, revision)| revision.index());
        let applied = match ledger {
            Ledger::All(_) => Applied::from_revisions(graph, indices),
            Ledger::Heads(_) => Applied::from_heads(graph, indices),
        };
        if let Some((revision, missing)) = applied.missing().next() {
            return Err(with_hole(tool, table, revision, missing));
        }
        Ok(Self { applied, with_header })
    }

    /// The ids of what is taken over, in order.
    pub(super) fn ids(&self) -> Vec<String> {
        self.applied.iter().map(|revision| revision.id().to_owned()).collect()
    }

    /// Those of them that nothing taken over rests on.
    pub(super) fn heads(&self) -> Vec<&'g str> {
        self.applied.heads().map(Revision::id).collect()
    }
}

/// Compares checksums; how many files cannot be compared because they were given a header since.
fn compare(tool: &dyn Tool, table: &str, matched: &[(&Entry, Revision<'_>)]) -> Result<usize, Failure> {
    let mut with_header = 0;
    let mut edited = Vec::new();
    for (entry, revision) in matched {
        let Some(script) = revision.up() else { continue };
        if tool.compare(entry, script.source) != Comparison::Edited {
            continue;
        }
        if script.source.lines().any(|line| line.trim_start().starts_with("-- revision:")) {
            with_header += 1;
        } else {
            edited.push(script.file);
        }
    }
    if edited.is_empty() {
        return Ok(with_header);
    }
    let verb = if edited.len() == 1 { "is" } else { "are" };
    Err(Failure::refused(
        format!(
            "{} {verb} not what was applied: the checksum in `{table}` is another; the file was edited afterwards",
            listed(&edited)
        ),
        "restore the file as it was when it was applied (`git log -p` shows its history), and put the change into a new \
         migration",
    ))
}

fn without_file(table: &str, ledger: &Ledger, unknown: &[&str], graph: &Graph) -> Failure {
    let message = format!("`{table}` has {}, of which there is no file", listed(unknown));
    let first = unknown.first().copied().unwrap_or_default();
    let mut help = String::new();
    if let Some(near) = did_you_mean(first, graph.revisions().map(Revision::id)) {
        help = format!(
            "if `{near}` is the same migration under another version, give it its version back; else "
        );
    }
    help += "bring the file back from git, or check out a commit that has it";
    // Without the row of a head, the tool would not know where it is.
    if matches!(ledger, Ledger::All(_)) {
        help += "; if it was removed on purpose, delete the row by hand";
    }
    Failure::refused(message, help)
}

fn with_hole(tool: &dyn Tool, table: &str, revision: Revision<'_>, missing: Revision<'_>) -> Failure {
    let (id, missing) = (revision.id(), missing.id());
    Failure::refused(
        format!("`{table}` has `{id}`, but not `{missing}`, which it rests on"),
        format!("apply `{missing}` with {} first: `{}`", tool.name(), tool.command()),
    )
}

/// The first few names, and how many more there are.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        shown.push(format!("and {} more", names.len() - SHOWN));
    }
    shown.join(", ")
}
