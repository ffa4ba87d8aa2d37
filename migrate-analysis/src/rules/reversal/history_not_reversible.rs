use std::collections::BTreeSet;

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::{self, Family, Level, Rule},
    source::RevisionFiles,
};

pub(crate) const RULE: Rule = Rule::new(
    "history-not-reversible",
    Family::Reversal,
    "revisions of a history that another tool has applied have no way back",
    include_str!("history-not-reversible.md"),
)
.level(Level::Warn);

/// Takes the findings about the way back of what has shipped out of the others, because nobody can mend it.
///
/// At and below the baseline that is every revision; where there is no baseline it is the history of another tool, and
/// one finding sums it up. `is_shipped` tells of the ids of revisions whether they stand at or below the baseline.
pub(crate) fn set_aside(
    config: &Config,
    revisions: &[RevisionFiles],
    shipped: &BTreeSet<&str>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let no_baseline = config.baseline.is_empty();
    let is_shipped = |revision: &&RevisionFiles| match revision.id() {
        Some(id) if !no_baseline => shipped.contains(&*id.value),
        _ => no_baseline && revision.is_foreign(),
    };
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    for revision in revisions.iter().filter(is_shipped) {
        paths.extend(revision.files.iter().map(|file| file.file.path()));
    }
    let mut aside = Vec::new();
    let mut kept = Vec::new();
    for finding in findings.drain(..) {
        let of_reversal = rules::find(finding.rule).is_some_and(|rule| rule.family == Family::Reversal);
        // A level that is set says that the finding is wanted.
        let is_wanted = no_baseline && config.levels.contains_key(finding.rule);
        let speaks_of_shipped =
            finding.primary.as_ref().is_some_and(|label| paths.contains(label.file.path()));
        let target = if of_reversal && !is_wanted && speaks_of_shipped { &mut aside } else { &mut kept };
        target.push(finding);
    }
    *findings = kept;
    if no_baseline {
        findings.extend(summary(revisions, &aside));
    }
    aside
}

fn summary(revisions: &[RevisionFiles], aside: &[Diagnostic]) -> Option<Diagnostic> {
    let paths: BTreeSet<&str> =
        aside.iter().filter_map(|finding| Some(finding.primary.as_ref()?.file.path())).collect();
    let foreign = || revisions.iter().filter(|revision| revision.is_foreign());
    let is_meant =
        |revision: &&RevisionFiles| revision.files.iter().any(|file| paths.contains(file.file.path()));
    let count = foreign().filter(is_meant).count();
    let last = foreign().next_back()?.id()?;
    let verb = if count == 1 { "has" } else { "have" };
    (count > 0).then(|| {
        Diagnostic::new(RULE.name, format!("{count} of {} revisions {verb} no way back", foreign().count()))
            .help("`cargo migrate check` lists them")
            .help(format!(
                "where all of them have been applied everywhere, set `baseline = \"{}\"` in `migrate.toml`: then only \
                 what comes later is checked for a way back",
                last.value
            ))
    })
}
