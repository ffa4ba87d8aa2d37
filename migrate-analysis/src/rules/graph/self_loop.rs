use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "self-loop",
    Family::Graph,
    "a revision revises itself or depends on itself",
    include_str!("self-loop.md"),
)
.always();

pub(crate) fn finding(
    history: &History<'_>,
    revision: usize,
    name: &str,
    dependency: bool,
) -> Option<Diagnostic> {
    let member = history.revisions.get(revision)?;
    let (verb, span, help) = if dependency {
        ("depends on", member.dependency(name), "name the revision of another branch, or remove the line")
    } else {
        ("revises", member.parent(name), "name the revision before it; a base has an empty `revises`")
    };
    let finding = Diagnostic::new(RULE.name, format!("revision {} {verb} itself", quote(&member.id.value)))
        .at(member.file, span.unwrap_or(member.id.span), "")
        .help(help);
    Some(member.beside_id(finding, "its id"))
}
