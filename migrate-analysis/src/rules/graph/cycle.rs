use migrate_core::Span;

use super::history::{History, Member};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule =
    Rule::new("cycle", Family::Graph, "revisions rest on each other in a circle", include_str!("cycle.md"))
        .always();

/// How many members of a long circle are shown.
const MOST_MEMBERS: usize = 8;

/// Each of the path rests on the next, the last on the first.
pub(crate) fn finding(history: &History<'_>, path: &[usize]) -> Option<Diagnostic> {
    let members: Vec<&Member<'_>> = path.iter().filter_map(|&at| history.revisions.get(at)).collect();
    let (first, shown) = (members.first()?, members.iter().take(MOST_MEMBERS));
    let mut names: Vec<String> = shown.clone().map(|member| quote(&member.id.value)).collect();
    if members.len() > MOST_MEMBERS {
        names.push(format!("{} more", members.len() - MOST_MEMBERS));
    }
    names.push(quote(&first.id.value));
    let message = format!("these revisions rest on each other: {}", names.join(" -> "));
    let mut finding =
        Diagnostic::new(RULE.name, message).help("one of them has to come first: mend its header");
    let next = members.iter().cycle().skip(1);
    for (place, (member, next)) in shown.zip(next).enumerate() {
        let (span, text) = edge(member, next);
        finding = if place == 0 {
            finding.at(member.file, span, text)
        } else {
            finding.beside(member.file, span, text)
        };
    }
    Some(finding)
}

/// Where a member says that it rests on the next, and how.
fn edge(member: &Member<'_>, next: &Member<'_>) -> (Span, String) {
    let (id, next_id) = (quote(&member.id.value), quote(&next.id.value));
    if let Some(span) = member.parent(&next.id.value) {
        return (span, format!("{id} revises {next_id}"));
    }
    let labels = next.header.labels.iter().map(|label| &label.value);
    let span = std::iter::once(&next.id.value).chain(labels).find_map(|name| member.dependency(name));
    (span.unwrap_or(member.id.span), format!("{id} depends on {next_id}"))
}
