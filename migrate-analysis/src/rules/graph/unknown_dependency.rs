use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "unknown-dependency",
    Family::Graph,
    "a revision depends on something that is not there",
    include_str!("unknown-dependency.md"),
)
.always();

/// The revision names a dependency that no file has; `nth` counts such names.
pub(crate) fn finding(history: &History<'_>, revision: usize, name: &str, nth: usize) -> Option<Diagnostic> {
    let member = history.revisions.get(revision)?;
    let span = member.dependency(name).unwrap_or(member.id.span);
    let finding = Diagnostic::new(RULE.name, format!("unknown dependency {}", quote(name))).at(
        member.file,
        span,
        "no revision has this id or label",
    );
    Some(match history.meant(name, true, nth) {
        Some(meant) => finding.fix(format!("did you mean {}?", quote(meant)), member.file, span, meant),
        None => finding.help("`depends-on` takes the full ids or the labels of other files"),
    })
}
