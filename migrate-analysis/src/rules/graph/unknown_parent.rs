use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "unknown-parent",
    Family::Graph,
    "a revision revises something that is not there",
    include_str!("unknown-parent.md"),
)
.always();

/// The revision names a parent that no file has; `nth` counts such names.
pub(crate) fn finding(history: &History<'_>, revision: usize, name: &str, nth: usize) -> Option<Diagnostic> {
    let member = history.revisions.get(revision)?;
    let span = member.parent(name).unwrap_or(member.id.span);
    let finding = Diagnostic::new(RULE.name, format!("unknown parent {}", quote(name))).at(
        member.file,
        span,
        "no revision has this id",
    );
    Some(match history.meant(name, false, nth) {
        Some(meant) => finding.fix(format!("did you mean {}?", quote(meant)), member.file, span, meant),
        None => finding.help("`revises` takes the full ids of other files; a base has an empty `revises`"),
    })
}
