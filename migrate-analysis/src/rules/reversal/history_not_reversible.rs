use std::collections::{BTreeMap, BTreeSet};

use migrate_core::Span;

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::{self, Family, Level, Rule},
    source::{Lock, LockEntry, RevisionFile, RevisionFiles},
};

pub(crate) const RULE: Rule = Rule::new(
    "history-not-reversible",
    Family::Reversal,
    "revisions of a history that another tool has applied have no way back",
    include_str!("history-not-reversible.md"),
)
.level(Level::Warn);

/// Takes the findings about the way back of what has shipped out of the others, because nobody can mend it, and those about
/// the dangers of its way forth, because they are over.
///
/// At and below the baseline that is every revision; where there is no baseline it is the history of another tool, and
/// one finding sums its ways back up. `shipped` are the ids of the revisions at and below the baseline. What is sealed
/// has shipped as well, but its way back can be mended.
pub(crate) fn set_aside(
    config: &Config,
    lock: Option<&Lock>,
    revisions: &[RevisionFiles],
    shipped: &BTreeSet<&str>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let no_baseline = config.baseline.is_empty();
    let is_shipped = |revision: &&RevisionFiles| match revision.id() {
        Some(id) if !no_baseline => shipped.contains(&*id.value),
        _ => no_baseline && revision.is_foreign(),
    };
    let entry = |revision: &RevisionFiles| lock?.entry(&revision.id()?.value);
    let is_sealed = |revision: &&RevisionFiles| entry(revision).is_some_and(LockEntry::is_sealed);
    let files = |is_it: &dyn Fn(&&RevisionFiles) -> bool| -> BTreeMap<&str, &RevisionFile> {
        let files = revisions.iter().filter(is_it).flat_map(|revision| &revision.files);
        files.map(|file| (file.file.path(), file)).collect()
    };
    let (shipped, sealed) = (files(&is_shipped), files(&is_sealed));
    let mut aside = Vec::new();
    let mut kept = Vec::new();
    for finding in findings.drain(..) {
        // A level that is set says that the finding is wanted.
        let is_wanted = no_baseline && config.levels.contains_key(finding.rule);
        let is_aside = !is_wanted
            && (speaks_of_the_way_back(&finding, &shipped)
                || speaks_of_dangers(&finding, &shipped)
                || speaks_of_dangers(&finding, &sealed));
        if is_aside { &mut aside } else { &mut kept }.push(finding);
    }
    *findings = kept;
    if no_baseline {
        findings.extend(summary(revisions, &aside));
    }
    aside
}

/// Whether a finding is about the way back of one of these files: by its rule, or because it stands in a down script.
fn speaks_of_the_way_back(finding: &Diagnostic, shipped: &BTreeMap<&str, &RevisionFile>) -> bool {
    let Some(label) = &finding.primary else { return false };
    let Some(file) = shipped.get(label.file.path()) else { return false };
    let in_down = |span: Span| {
        let down = file.parsed.down.as_ref().map(|down| down.body);
        down.is_some_and(|down| down.start <= span.start && span.end <= down.end)
    };
    match rules::find(finding.rule).map(|rule| rule.family) {
        Some(Family::Reversal) => true,
        Some(Family::Schema) => label.span.is_some_and(in_down),
        _ => false,
    }
}

/// Whether a finding is about what these files may do to a database that is in use.
fn speaks_of_dangers(finding: &Diagnostic, shipped: &BTreeMap<&str, &RevisionFile>) -> bool {
    let is_there = finding.primary.as_ref().is_some_and(|label| shipped.contains_key(label.file.path()));
    is_there && rules::find(finding.rule).is_some_and(|rule| rule.family == Family::Safety)
}

/// Counts what would be an error elsewhere: a way back to another name, or to another order of columns, is one.
fn summary(revisions: &[RevisionFiles], aside: &[Diagnostic]) -> Option<Diagnostic> {
    let is_error =
        |finding: &&Diagnostic| rules::find(finding.rule).is_some_and(|rule| rule.level == Level::Deny);
    let paths: BTreeSet<&str> = aside
        .iter()
        .filter(is_error)
        .filter_map(|finding| Some(finding.primary.as_ref()?.file.path()))
        .collect();
    let foreign = || revisions.iter().filter(|revision| revision.is_foreign());
    let is_meant =
        |revision: &&RevisionFiles| revision.files.iter().any(|file| paths.contains(file.file.path()));
    let count = foreign().filter(is_meant).count();
    let last = foreign().next_back()?.id()?;
    let verb = if count == 1 { "has" } else { "have" };
    (count > 0).then(|| {
        Diagnostic::new(RULE.name, format!("{count} of {} revisions {verb} no sound way back", foreign().count()))
            .help("`cargo migrate check` lists them")
            .help(format!(
                "where all of them have been applied everywhere, set `baseline = \"{}\"` in `migrate.toml`: then only \
                 what comes later is checked for a way back",
                last.value
            ))
    })
}
