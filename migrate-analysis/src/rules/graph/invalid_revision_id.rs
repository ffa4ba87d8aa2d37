use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-revision-id",
    Family::Graph,
    "an id has a character, a length or a value that it may not have",
    include_str!("invalid-revision-id.md"),
)
.always();

pub(crate) fn finding(history: &History<'_>, revision: usize, reason: &str) -> Option<Diagnostic> {
    let member = history.revisions.get(revision)?;
    let message = format!("{} cannot be the id of a revision: {reason}", quote(&member.id.value));
    let help = "it could not be told from a target such as `head`, `+1` or `label@head`: use letters, digits, `_`, \
                `-` and `.`";
    Some(member.at_id(Diagnostic::new(RULE.name, message).help(help), ""))
}
