use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
    source::{RevisionFiles, layout::VersionName},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-version-date",
    Family::File,
    "a version that begins like a date is none",
    include_str!("invalid-version-date.md"),
)
.level(Level::Warn);

/// Checks the version in the name of a file that has no header.
pub(crate) fn check(revision: &RevisionFiles, findings: &mut Vec<Diagnostic>) {
    let Some(name) = VersionName::read(revision.layout, &revision.stem) else { return };
    let Some(reason) = name.impossible_date() else { return };
    let message = format!("{} is no date: {reason}", quote(name.version));
    let finding = Diagnostic::new(RULE.name, message).help(
        "its place in the history is not where it was meant to be; what has been applied keeps its version",
    );
    findings.push(revision.at_id(finding, ""));
}
