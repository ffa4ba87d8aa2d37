use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "duplicate-revision",
    Family::Graph,
    "two revisions have one id",
    include_str!("duplicate-revision.md"),
)
.always();

pub(crate) fn finding(history: &History<'_>, revision: usize, first: usize) -> Option<Diagnostic> {
    let (again, first) = (history.revisions.get(revision)?, history.revisions.get(first)?);
    let (message, help) = if again.files.is_foreign() && first.files.is_foreign() {
        let (here, there) = (quote(again.file.name()), quote(first.file.name()));
        let message = format!("{there} and {here} have one version, {}", quote(&again.id.value));
        (message, "give one of them another version")
    } else {
        let message = format!("two revisions have the id {}", quote(&again.id.value));
        (message, "give one of them another id, and its name to what revises it")
    };
    let finding = Diagnostic::new(RULE.name, message).help(help);
    Some(first.beside_id(again.at_id(finding, "again here"), "first here"))
}
