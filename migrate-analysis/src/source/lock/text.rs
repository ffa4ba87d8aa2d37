use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use migrate_core::{Dialect, graph::Fingerprint};

use super::{LockEntry, LockState};
use crate::source::Spanned;

const NOTE: &str = "# written by `cargo migrate`. A merge conflict here means that two branches added revisions: run \
                    `cargo migrate rebase`";

/// A lock file that is to be written. It displays as the text of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LockText {
    /// Those that a plain fingerprint speaks of.
    pub(super) databases: BTreeSet<Dialect>,
    /// The revisions, the newest first.
    pub(super) lines: Vec<LockLine>,
}

/// The line of a revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LockLine {
    pub(super) id: String,
    pub(super) parents: Vec<String>,
    pub(super) depends_on: Vec<String>,
    /// The fingerprint for each database that it is sealed for; none for a draft.
    pub(super) sealed: BTreeMap<Dialect, Fingerprint>,
}

impl LockLine {
    /// What a line says. A plain fingerprint in it speaks of these databases.
    pub(super) fn new(entry: &LockEntry, databases: &BTreeSet<Dialect>) -> Self {
        let names = |names: &[Spanned<String>]| names.iter().map(|name| name.value.clone()).collect();
        let mut sealed = BTreeMap::new();
        if let LockState::Sealed(values) = &entry.state {
            for &(dialect, value) in values {
                let all = databases.iter().filter(|_| dialect.is_none());
                sealed.extend(dialect.iter().chain(all).map(|&dialect| (dialect, value)));
            }
        }
        Self {
            id: entry.id.value.clone(),
            parents: names(&entry.parents),
            depends_on: names(&entry.depends_on),
            sealed,
        }
    }

    pub(super) fn is_sealed(&self) -> bool {
        !self.sealed.is_empty()
    }

    /// The one fingerprint of all these databases, where they have the same.
    fn plain(&self, databases: &BTreeSet<Dialect>) -> Option<&Fingerprint> {
        let first = self.sealed.values().next()?;
        let is_plain = self.sealed.keys().eq(databases) && self.sealed.values().all(|value| value == first);
        is_plain.then_some(first)
    }
}

impl LockText {
    /// The revisions that no other one revises.
    fn heads(&self) -> impl Iterator<Item = &str> {
        let parents: BTreeSet<&String> = self.lines.iter().flat_map(|line| &line.parents).collect();
        self.lines.iter().map(|line| &line.id).filter(move |id| !parents.contains(id)).map(String::as_str)
    }
}

impl fmt::Display for LockText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{NOTE}\nformat 1")?;
        let databases: Vec<&str> = self.databases.iter().map(|dialect| dialect.name()).collect();
        writeln!(f, "databases {}", databases.join(", "))?;
        let heads: Vec<&str> = self.heads().collect();
        writeln!(f, "{}", format!("head {}", heads.join(", ")).trim_end())?;
        for line in &self.lines {
            write!(f, "{} <", line.id)?;
            if !line.parents.is_empty() {
                write!(f, " {}", line.parents.join(", "))?;
            }
            if !line.depends_on.is_empty() {
                write!(f, "  depends-on {}", line.depends_on.join(", "))?;
            }
            match line.plain(&self.databases) {
                _ if !line.is_sealed() => f.write_str("  draft")?,
                Some(value) => write!(f, "  {value}")?,
                None => {
                    for (at, (dialect, value)) in line.sealed.iter().enumerate() {
                        let gap = if at == 0 { "  " } else { " " };
                        write!(f, "{gap}{dialect}={value}")?;
                    }
                }
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}
