use std::fmt::Write as _;

use migrate_core::{Graph, graph::Revision};
use migrate_runtime::Database;

use super::{baseline::Baseline, find::Books, takeover::Takeover};
use crate::check::counted;

/// How many pending revisions are listed.
const SHOWN: usize = 10;

/// What was done, for people.
pub(super) struct Summary<'s> {
    pub(super) database: &'s Database,
    pub(super) books: &'s Books,
    pub(super) graph: &'s Graph,
    pub(super) takeover: &'s Takeover<'s>,
    /// How many revisions were written down by this run.
    pub(super) new: usize,
    pub(super) baseline: &'s Baseline,
    /// Whether nothing was written.
    pub(super) dry: bool,
}

impl Summary<'_> {
    pub(super) fn text(&self) -> String {
        let (database, books) = (self.database, self.books);
        let schema = books.schema.as_ref().map_or(String::new(), |schema| format!(", schema `{schema}`"));
        let mut text = format!("{}: `{}` in {database}{schema}\n", books.tool.name(), books.table.name);
        let would = if self.dry { "would be " } else { "" };
        let all = self.takeover.applied.len();
        let _ = match self.new {
            0 => writeln!(text, "nothing to do: {} taken over already", counted(all, "revision")),
            new => writeln!(text, "{} {would}taken over: {}", counted(new, "revision"), self.range()),
        };
        if self.takeover.with_header > 0 {
            let files = counted(self.takeover.with_header, "file");
            let _ = writeln!(
                text,
                "{files} with a header not compared with the checksum of {}",
                books.tool.name()
            );
        }
        let applied = &self.takeover.applied;
        let pending: Vec<Revision<'_>> =
            self.graph.revisions().filter(|revision| !applied.contains(revision.index())).collect();
        if !pending.is_empty() {
            let _ = writeln!(text, "{} pending:", counted(pending.len(), "revision"));
        }
        for revision in pending.iter().take(SHOWN) {
            let _ = writeln!(text, "  {}  {}", revision.id(), revision.message());
        }
        if pending.len() > SHOWN {
            let _ = writeln!(text, "  and {} more", pending.len() - SHOWN);
        }
        match self.baseline {
            Baseline::Set(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
                let _ = writeln!(text, "migrate.toml: {} {would}added", lines.join(" and "));
            }
            Baseline::Kept(line) => {
                let _ = writeln!(text, "migrate.toml: `{line}` stays as it is");
            }
        }
        if !self.dry {
            text.push_str(&self.next());
        }
        text
    }

    /// `20240101`, or `20240101 .. 20240103`
    fn range(&self) -> String {
        let mut ids = self.takeover.applied.iter().map(Revision::id);
        let first = ids.next().unwrap_or_default();
        ids.next_back().map_or(format!("`{first}`"), |last| format!("`{first}` to `{last}`"))
    }

    fn next(&self) -> String {
        let (tool, table) = (self.books.tool.name(), &self.books.table.name);
        let heads = self.takeover.heads().join(",");
        format!(
            "\nnext: seal what has shipped with `cargo migrate lock {heads}`, and let nothing migrate with {tool} any more.\n\
             `{table}` was read only; when no release needs it any more, drop it by hand.\n"
        )
    }
}
