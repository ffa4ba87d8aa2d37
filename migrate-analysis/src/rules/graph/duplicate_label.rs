use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "duplicate-label",
    Family::Graph,
    "a branch label is taken: by another revision, or as an id",
    include_str!("duplicate-label.md"),
)
.always();

const HELP: &str = "choose another label";

/// Two revisions, or one twice, have this label.
pub(crate) fn finding(
    history: &History<'_>,
    revision: usize,
    first: usize,
    label: &str,
) -> Option<Diagnostic> {
    let (again, first) = (history.revisions.get(revision)?, history.revisions.get(first)?);
    let message = format!("the label {} is taken twice", quote(label));
    // One revision may have it twice: the last of the places is the second then.
    let places = again.header.labels.iter().rev();
    let span = places.clone().find(|found| found.value == label).map_or(again.id.span, |found| found.span);
    let finding = Diagnostic::new(RULE.name, message).at(again.file, span, "again here").help(HELP);
    Some(finding.beside(first.file, first.label(label), "first here"))
}

/// The label is the id of a revision.
pub(crate) fn is_revision(
    history: &History<'_>,
    revision: usize,
    other: usize,
    label: &str,
) -> Option<Diagnostic> {
    let (member, other) = (history.revisions.get(revision)?, history.revisions.get(other)?);
    let message = format!("the label {} is the id of a revision", quote(label));
    let finding = Diagnostic::new(RULE.name, message).at(member.file, member.label(label), "").help(HELP);
    Some(other.beside_id(finding, "the revision"))
}
