use std::collections::{BTreeMap, BTreeSet};

use migrate_core::{
    Dialect, Graph,
    graph::{Revision, RevisionIndex},
};

use super::{
    Lock, LockChange, LockRefusal,
    text::{LockLine, LockText},
};
use crate::{Report, rules::lock::MENDED_BY_WRITING};

impl Report {
    /// The text of the lock file after a change.
    ///
    /// Lines that are there keep their order and their place; what is new, and drafts that were moved to other parents,
    /// come above them. What is sealed never changes, and seals what it rests on. When something is sealed, all that is
    /// sealed is from then on sealed for each configured database.
    ///
    /// # Errors
    /// Where lines would be lost, or something would be sealed that has errors.
    ///
    /// ```
    /// use migrate_analysis::{check, config::Config, source::{LockChange, Sources}};
    /// use migrate_core::Dialect;
    ///
    /// let file = "-- add tasks\n-- revision: abc123def456\n-- migrate:up\nCREATE TABLE tasks (id INTEGER);\n\
    ///             -- migrate:down\nDROP TABLE tasks;\n";
    /// let config = Config { databases: vec![Dialect::Sqlite], ..Config::default() };
    /// let report = check(&Sources::new("migrations", [("1_add_tasks.sql", file)]), &config);
    /// let text = report.lock_text(LockChange::Refresh).unwrap();
    /// assert!(text.ends_with("\nformat 1\ndatabases sqlite\nhead abc123def456\nabc123def456 <  draft\n"));
    /// ```
    pub fn lock_text(&self, change: LockChange<'_>) -> Result<String, LockRefusal> {
        self.refuse_lock(change)?;
        let graph = self.editions.first().map(|edition| &edition.graph).ok_or(LockRefusal::Incomplete)?;
        let configured: BTreeSet<Dialect> = self.editions.iter().map(|edition| edition.dialect).collect();
        let lock = self.lock.as_ref();
        // What plain fingerprints speak of; without one in the file the configuration alone decides.
        let sealed_for = lock.filter(|lock| lock.has_sealed()).and_then(|lock| lock.databases.as_ref());
        let mut databases =
            sealed_for.map_or_else(|| configured.clone(), |known| known.iter().copied().collect());
        let mut lines = lines(lock, &databases, graph, change);
        if change.seals() {
            let wanted = wanted(graph, &lines, change)?;
            for line in lines.iter_mut().filter(|line| wanted.contains(&*line.id)) {
                self.seal(line);
            }
            databases.extend(configured);
        }
        let text = LockText { databases, lines }.to_string();
        let has_crlf = lock.is_some_and(|lock| lock.file.text().contains("\r\n"));
        Ok(if has_crlf { text.replace('\n', "\r\n") } else { text })
    }

    fn refuse_lock(&self, change: LockChange<'_>) -> Result<(), LockRefusal> {
        if !self.complete {
            return Err(LockRefusal::Incomplete);
        }
        if self.lock.as_ref().is_some_and(|lock| !lock.problems.is_empty()) {
            return Err(LockRefusal::Unreadable);
        }
        let errors = self.errors().filter(|error| !MENDED_BY_WRITING.contains(&error.rule)).count();
        if change.seals() && errors > 0 { Err(LockRefusal::Errors(errors)) } else { Ok(()) }
    }

    /// Seals a line for each configured database that it is not sealed for.
    fn seal(&self, line: &mut LockLine) {
        for edition in &self.editions {
            if let Some(revision) = edition.graph.find(&line.id) {
                line.sealed.entry(edition.dialect).or_insert(*revision.fingerprint());
            }
        }
    }
}

/// The lines of the file: what was moved, the newest first, and then what was there.
fn lines(
    lock: Option<&Lock>,
    databases: &BTreeSet<Dialect>,
    graph: &Graph,
    change: LockChange<'_>,
) -> Vec<LockLine> {
    let entries = lock.map(|lock| lock.entries.as_slice()).unwrap_or_default();
    let mut known: Vec<LockLine> = entries.iter().map(|entry| LockLine::new(entry, databases)).collect();
    let places: BTreeMap<String, usize> =
        known.iter().enumerate().map(|(place, line)| (line.id.clone(), place)).collect();
    let mut moved: BTreeSet<RevisionIndex> = BTreeSet::new();
    let mut above = Vec::new();
    for revision in graph.revisions() {
        let line = draft(revision);
        let before = places.get(revision.id()).and_then(|&place| known.get_mut(place));
        let rests_on_moved =
            revision.parents().chain(revision.dependencies()).any(|other| moved.contains(&other.index()));
        match before {
            Some(before) if before.is_sealed() => {}
            Some(before) if !rests_on_moved && has_same_edges(before, &line) => *before = line,
            _ => {
                moved.insert(revision.index());
                above.push(line);
            }
        }
    }
    let stays = |line: &LockLine| {
        let revision = graph.find(&line.id);
        line.is_sealed() || revision.is_some_and(|revision| !moved.contains(&revision.index()))
    };
    known.retain(stays);
    if let LockChange::Add(new) = change
        && graph.find(&new.id).is_none()
    {
        known.retain(|line| line.id != new.id);
        above.push(LockLine {
            id: new.id.clone(),
            parents: new.parents.clone(),
            depends_on: new.depends_on.clone(),
            ..LockLine::default()
        });
    }
    above.into_iter().rev().chain(known).collect()
}

fn draft(revision: Revision<'_>) -> LockLine {
    LockLine {
        id: revision.id().to_owned(),
        parents: revision.parents().map(|parent| parent.id().to_owned()).collect(),
        depends_on: revision.dependencies().map(|other| other.id().to_owned()).collect(),
        ..LockLine::default()
    }
}

fn has_same_edges(a: &LockLine, b: &LockLine) -> bool {
    let same = |a: &[String], b: &[String]| a.iter().collect::<BTreeSet<_>>() == b.iter().collect();
    same(&a.parents, &b.parents) && same(&a.depends_on, &b.depends_on)
}

/// The revisions that are sealed after a change: those that it names, those that are sealed already, and all that these
/// rest on.
fn wanted<'g>(
    graph: &'g Graph,
    lines: &[LockLine],
    change: LockChange<'_>,
) -> Result<BTreeSet<&'g str>, LockRefusal> {
    let LockChange::SealUpTo(ids) = change else { return Ok(graph.revisions().map(Revision::id).collect()) };
    let find = |id: &String| graph.find(id).ok_or_else(|| LockRefusal::UnknownRevision(id.clone()));
    let mut queue: Vec<Revision<'g>> = ids.iter().map(find).collect::<Result<_, _>>()?;
    queue.extend(lines.iter().filter(|line| line.is_sealed()).filter_map(|line| graph.find(&line.id)));
    let mut wanted = BTreeSet::new();
    while let Some(revision) = queue.pop() {
        if wanted.insert(revision.id()) {
            queue.extend(revision.parents().chain(revision.dependencies()));
        }
    }
    Ok(wanted)
}
