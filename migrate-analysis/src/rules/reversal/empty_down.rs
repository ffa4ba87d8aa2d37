use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::{Half, RevisionFiles},
};

pub(crate) const RULE: Rule = Rule::new(
    "empty-down",
    Family::Reversal,
    "a down script has no statement, and does not say why",
    include_str!("empty-down.md"),
);

/// Of a down section without a statement, whose up script does something.
pub(crate) fn finding(revision: &RevisionFiles, down: Half<'_>) -> Diagnostic {
    let finding = Diagnostic::new(RULE.name, "this down script has no statement")
        .at(down.file, down.place(), "nothing follows")
        .help("write the statements that take the up script back");
    if revision.is_foreign() { finding } else { finding.help(super::DECLARE) }
}
