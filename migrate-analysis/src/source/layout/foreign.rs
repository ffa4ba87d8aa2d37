//! The revisions of another tool.

use std::{collections::BTreeSet, sync::Arc};

use migrate_core::Dialect;

use super::{
    Layout, VersionName, bare, chain, dbmate, diesel, goose,
    group::Group,
    recognition::NO_TRANSACTION,
    version::{VersionKey, keys},
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::file::{duplicate_section, form, invalid_version_date, orphan_down},
    source::{Header, Lock, ParsedFile, Part, RevisionFile, RevisionFiles},
};

/// Reads the revisions of a tool, in the order of their versions. Each of the groups has a version; `programs` are the
/// scripts in whose place there is a program.
pub(super) fn revisions(
    layout: Layout,
    groups: Vec<Group<'_>>,
    programs: &BTreeSet<String>,
    config: &Config,
    lock: Option<&Lock>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<RevisionFiles> {
    let mut versions = Vec::new();
    let mut revisions = Vec::new();
    for (version, groups) in by_version(layout, groups) {
        for group in joined(groups) {
            versions.push(version.clone());
            revisions.push(revision(layout, group, config, findings));
        }
    }
    for orphan in orphan_down::check(&mut revisions, layout, programs, findings).into_iter().rev() {
        versions.remove(orphan);
        revisions.remove(orphan);
    }
    for revision in &revisions {
        invalid_version_date::check(revision, findings);
    }
    chain::link(&versions, &mut revisions, lock, findings);
    revisions
}

/// The groups by their versions, in order.
fn by_version(layout: Layout, groups: Vec<Group<'_>>) -> Vec<(VersionKey, Vec<Group<'_>>)> {
    let names = groups.iter().map(|group| VersionName::read(layout, group.stem));
    let versions: Vec<&str> = names.map(|name| name.map_or("", |name| name.version)).collect();
    let mut groups: Vec<(VersionKey, Group<'_>)> = keys(layout, &versions).into_iter().zip(groups).collect();
    groups.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut steps: Vec<(VersionKey, Vec<Group<'_>>)> = Vec::new();
    for (version, group) in groups {
        match steps.last_mut() {
            Some((last, step)) if *last == version => step.push(group),
            _ => steps.push((version, vec![group])),
        }
    }
    steps
}

/// The groups of one version, one a revision. The halves of a pair need no more in common than the version; two up
/// scripts for one database are two revisions, of which one is wrong.
fn joined(groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let (mut downs, mut ups): (Vec<_>, Vec<_>) = groups.into_iter().partition(Group::is_down);
    let mut taken = BTreeSet::new();
    let collide =
        ups.iter().flat_map(Group::up_dialects).any(|dialect: Option<Dialect>| !taken.insert(dialect));
    if ups.is_empty() {
        std::mem::swap(&mut ups, &mut downs);
    }
    let mut joined: Vec<Group<'_>> = Vec::new();
    for group in ups {
        match joined.first_mut().filter(|_| !collide) {
            Some(first) => first.join(group),
            None => joined.push(group),
        }
    }
    if let Some(first) = joined.first_mut() {
        downs.into_iter().for_each(|down| first.join(down));
    }
    joined
}

fn revision(
    layout: Layout,
    group: Group<'_>,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
) -> RevisionFiles {
    let (stem, metadata) = (group.stem, group.metadata);
    let transaction = metadata.is_none_or(|metadata| diesel::transaction(metadata, findings));
    let files = group.sorted(config).into_iter().map(|(name, file, dialects)| {
        let parsed = parse(layout, name.part, file.text(), transaction, &dialects);
        RevisionFile { file: Arc::clone(file), dialect: name.dialect, part: name.part, parsed }
    });
    let mut revision = RevisionFiles::new(stem.to_owned(), layout, files.collect());
    revision.metadata = metadata.cloned();
    if let Some(name) = VersionName::read(layout, stem) {
        let header = Header::of_name(name.version, name.message(), name.created());
        revision.header = revision.files.first_mut().map(|file| {
            file.parsed.header = Some(header);
            0
        });
    }
    form::check(&mut revision, findings);
    duplicate_section::check_files(&mut revision, findings);
    revision
}

/// Reads a text as a file of another tool; `transaction` is what is said elsewhere of how it runs.
pub(crate) fn parse(
    layout: Layout,
    part: Part,
    text: &str,
    transaction: bool,
    dialects: &[Dialect],
) -> ParsedFile {
    match layout {
        Layout::Goose => goose::parse(text, dialects),
        Layout::Native | Layout::Dbmate => dbmate::parse(text, dialects),
        Layout::Sqlx => bare::parse(text, part, !bare::head_says(text, NO_TRANSACTION), dialects),
        Layout::Diesel | Layout::Refinery | Layout::GolangMigrate => {
            bare::parse(text, part, transaction, dialects)
        }
    }
}
