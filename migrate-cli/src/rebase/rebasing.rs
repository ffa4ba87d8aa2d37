use std::{collections::BTreeMap, fmt::Write as _};

use jiff::{SignedDuration, ZonedDateTime};
use migrate_analysis::{
    Report,
    source::{Layout, Origin},
};
use migrate_core::graph::{Revision, Target};

use super::{
    change::Change,
    header,
    lineup::{Lineup, Move},
    version,
};
use crate::{clock, failure::Failure, package::Package, template::Template};

/// For how many minutes a name is looked for that sorts behind that of the new parent.
const MOST_MINUTES: u32 = 60;

/// A rebase in the making.
pub(super) struct Rebasing<'p> {
    package: &'p Package,
    pub(super) change: Change,
    /// What was done so far, for people.
    pub(super) text: String,
    /// The time of the next file.
    at: ZonedDateTime,
    /// The new versions of revisions without a header, by the old ones.
    versions: BTreeMap<String, String>,
    /// What the names and the dates of moved revisions are from now on.
    moved: BTreeMap<String, Place>,
}

/// What a revision that follows another one should not sort before.
#[derive(Clone)]
struct Place {
    stem: String,
    created: Option<String>,
}

impl<'p> Rebasing<'p> {
    pub(super) fn new(package: &'p Package, at: ZonedDateTime) -> Self {
        Self {
            package,
            change: Change::default(),
            text: String::new(),
            at,
            versions: BTreeMap::new(),
            moved: BTreeMap::new(),
        }
    }

    /// Gives versions behind all others to the revisions without a header that the lock does not list, although it lists
    /// later ones.
    pub(super) fn renumber_late_versions(&mut self, report: &Report) {
        let Some(lock) = &report.lock else { return };
        let foreign = foreign(report);
        let is_listed = |origin: &&Origin| lock.entry(&origin.id).is_some();
        let last = foreign.iter().rposition(is_listed).unwrap_or_default();
        let late: Vec<&Origin> =
            foreign.iter().take(last).copied().filter(|origin| !is_listed(origin)).collect();
        self.renumber(report, &late);
    }

    /// Gives these revisions without a header versions behind all others.
    fn renumber(&mut self, report: &Report, late: &[&Origin]) {
        let Some(last) = foreign(report).last().copied() else { return };
        let mut version = last.id.clone();
        for origin in late {
            version = version::next(&version, &self.at);
            let _ = writeln!(self.text, "{} gets the version {version}", origin.id);
            for file in &origin.files {
                self.change.rename(file, file.name().replacen(&origin.id, &version, 1));
            }
            self.versions.insert(origin.id.clone(), version.clone());
        }
        let files =
            report.origins.iter().filter(|origin| origin.layout == Layout::Native).flat_map(|one| &one.files);
        for file in files {
            let text = self.change.text(file);
            let text =
                header::header(text).and_then(|header| header::with_ids(text, &header, &self.versions));
            if let Some(text) = text {
                self.change.rewrite(file, text);
            }
        }
    }

    /// Puts all of the heads but one behind that one.
    pub(super) fn line_up(
        &mut self,
        report: &Report,
        heads: &[String],
        onto: Option<&Target>,
    ) -> Result<(), Failure> {
        let Some(graph) = report.editions.first().map(|edition| &edition.graph) else { return Ok(()) };
        let lineup = Lineup::new(graph, heads, report.lock.as_ref());
        let moves = lineup.moves(lineup.onto(onto)?)?;
        let origin = |revision: Revision<'_>| report.origins.iter().find(|origin| origin.id == revision.id());
        let mut foreign = Vec::new();
        for one in &moves {
            match origin(one.revision) {
                Some(origin) if origin.layout == Layout::Native => {}
                Some(_) => foreign.push(one),
                None => {}
            }
        }
        self.move_foreign(report, &foreign)?;
        for one in &moves {
            if let Some(origin) = origin(one.revision).filter(|origin| origin.layout == Layout::Native) {
                self.move_native(report, origin, one);
            }
        }
        Ok(())
    }

    /// Moves revisions without a header, whose versions and the lock say what they follow: one with a version behind
    /// that of its new parent follows it when the lock no longer lists it, and any other one gets such a version.
    fn move_foreign(&mut self, report: &Report, moves: &[&Move<'_>]) -> Result<(), Failure> {
        let foreign = foreign(report);
        let place = |revision: &Revision<'_>| foreign.iter().position(|origin| origin.id == revision.id());
        let mut late: Vec<&Origin> = Vec::new();
        for one in moves {
            let parent = one.parents.first().and_then(place).ok_or_else(|| {
                let parent = one.parents.first().map_or("", |parent| parent.id());
                Failure::refused(
                    format!(
                        "`{}` has no header, and so cannot follow `{parent}`, which has one",
                        one.revision.id()
                    ),
                    format!(
                        "write it as a file with `-- revision: {}` and `-- revises: {parent}`",
                        one.revision.id()
                    ),
                )
            })?;
            let Some(own) = place(&one.revision) else { continue };
            if own < parent || !late.is_empty() {
                late.extend(foreign.get(own));
            }
            let parent = one.parents.first().map_or("", |parent| parent.id());
            let _ = writeln!(self.text, "{} follows {parent}: {}", one.revision.id(), one.revision.message());
        }
        self.renumber(report, &late);
        if let Some(lock) = report.lock.as_ref().filter(|_| !moves.is_empty()) {
            let is_of =
                |line: &str, one: &&Move<'_>| line.split_whitespace().next() == Some(one.revision.id());
            let lines = lock.file.text().split_inclusive('\n');
            self.change.lock = Some(lines.filter(|line| !moves.iter().any(|one| is_of(line, one))).collect());
        }
        Ok(())
    }

    /// Moves a revision with a header: the header names what it follows, and the names of its files and its date come
    /// behind those of its parents.
    fn move_native(&mut self, report: &Report, origin: &Origin, one: &Move<'_>) {
        let with_header = origin.files.iter().find_map(|file| {
            let text = self.change.text(file).to_owned();
            Some((file, header::header(&text)?, text))
        });
        let Some((file, header, text)) = with_header else { return };
        let parents: Vec<Place> = one.parents.iter().map(|parent| self.place(report, *parent)).collect();
        let highest = parents.iter().map(|parent| &*parent.stem).max().unwrap_or_default();
        let stem = self.stem_behind(highest, origin, one.revision);
        let latest = parents.iter().filter_map(|parent| parent.created.as_deref()).max();
        let is_earlier = one.revision.created() < latest;
        let created = (stem.is_some() || is_earlier).then(|| clock::created(&self.at));

        let ids = one
            .parents
            .iter()
            .map(|parent| self.versions.get(parent.id()).map_or(parent.id(), |id| id).to_owned());
        let ids: Vec<String> = ids.collect();
        let changed = header::moved(&text, &header, &ids, created.as_deref());
        let _ = writeln!(self.text, "{} follows {}: {}", origin.id, ids.join(", "), one.revision.message());
        if changed != text {
            self.change.rewrite(file, changed);
        }
        if let Some(stem) = &stem {
            for file in &origin.files {
                let name = file.name().replacen(&origin.stem, stem, 1);
                let _ = writeln!(self.text, "  {} becomes {name}", file.name());
                self.change.rename(file, name);
            }
        }
        let place = Place {
            stem: stem.unwrap_or_else(|| origin.stem.clone()),
            created: created
                .map(|date| date.trim_end_matches(" UTC").to_owned())
                .or_else(|| one.revision.created().map(Into::into)),
        };
        self.moved.insert(origin.id.clone(), place);
    }

    fn place(&self, report: &Report, revision: Revision<'_>) -> Place {
        self.moved.get(revision.id()).cloned().unwrap_or_else(|| {
            let origin = report.origins.iter().find(|origin| origin.id == revision.id());
            let stem = origin.map(|origin| origin.stem.clone()).unwrap_or_default();
            Place { stem, created: revision.created().map(Into::into) }
        })
    }

    /// A name for the files of a revision that sorts behind this one; `None` where theirs does so, or where the template
    /// gives none.
    fn stem_behind(&mut self, highest: &str, origin: &Origin, revision: Revision<'_>) -> Option<String> {
        if &*origin.stem > highest {
            return None;
        }
        let template = Template::new(self.package.config.file_template());
        for minutes in 0..MOST_MINUTES {
            let at = self.at.checked_add(SignedDuration::from_mins(minutes.into())).ok()?;
            let stem = template.renamed(&origin.stem, &at, revision.id(), revision.message());
            let has_stem =
                |name: &str| name.strip_prefix(&*stem).is_some_and(|ending| ending.starts_with('.'));
            let is_taken = self.package.sources.files().iter().any(|file| has_stem(file.name()));
            if *stem > *highest && !is_taken {
                self.at = at;
                return Some(stem);
            }
        }
        None
    }
}

/// The revisions without a header, in the order of their versions.
fn foreign(report: &Report) -> Vec<&Origin> {
    report.origins.iter().filter(|origin| origin.layout != Layout::Native).collect()
}
