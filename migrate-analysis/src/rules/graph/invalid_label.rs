use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-label",
    Family::Graph,
    "a branch label has a character, a length or a value that it may not have",
    include_str!("invalid-label.md"),
)
.always();

pub(crate) fn finding(
    history: &History<'_>,
    revision: usize,
    label: &str,
    reason: &str,
) -> Option<Diagnostic> {
    let member = history.revisions.get(revision)?;
    let message = format!("{} cannot be a branch label: {reason}", quote(label));
    let help = "it could not be told from a target such as `head`, `+1` or `label@head`: use letters, digits, `_`, \
                `-` and `.`";
    Some(Diagnostic::new(RULE.name, message).at(member.file, member.label(label), "").help(help))
}
