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
    let finding = Diagnostic::new(RULE.name, format!("two revisions have the id {}", quote(&again.id.value)))
        .help("give one of them another id, and its name to what revises it");
    Some(first.beside_id(again.at_id(finding, "again here"), "first here"))
}
