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
pub(crate) fn finding(revision: &RevisionFiles, up: Option<Half<'_>>) -> Diagnostic {
    let help = "write the statements below a line `-- migrate:up`";
    if let Some(up) = up {
        let finding = Diagnostic::new(RULE.name, "this up script has no statement");
        return finding.at(up.file, up.place(), "nothing follows").help(help);
    }
    revision.at_id(Diagnostic::new(RULE.name, "this revision has no up script").help(help), "")
}
