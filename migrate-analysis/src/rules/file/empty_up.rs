use migrate_core::Span;

use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::{Half, RevisionFiles},
};

pub(crate) const RULE: Rule = Rule::new(
    "empty-up",
    Family::File,
    "a revision does nothing, and is no merge",
    include_str!("empty-up.md"),
);

/// The up script has no statement, or is not there.
pub(crate) fn finding(revision: &RevisionFiles, up: Option<Half<'_>>) -> Option<Diagnostic> {
    let help = "write the statements below a line `-- migrate:up`";
    if let Some(up) = up {
        let finding = Diagnostic::new(RULE.name, "this up script has no statement");
        return Some(finding.at(up.file, up.place(), "nothing follows").help(help));
    }
    let finding = Diagnostic::new(RULE.name, "this revision has no up script").help(help);
    let first = revision.files.first()?;
    Some(match (revision.header(), revision.id()) {
        (Some((file, _)), Some(id)) => finding.at(file, id.span, ""),
        _ => finding.at(&first.file, Span::EMPTY, ""),
    })
}
