use super::history::Sound;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "later-date-than-child",
    Family::Graph,
    "a revision was made after one that revises it",
    include_str!("later-date-than-child.md"),
)
.level(Level::Warn);

pub(crate) fn check(sound: &Sound<'_>, findings: &mut Vec<Diagnostic>) {
    let edges = sound
        .graph
        .revisions()
        .flat_map(|child| child.parents().map(move |parent| (child, parent)))
        .filter(|(child, parent)| child.created().is_some_and(|date| parent.created() > Some(date)));
    for (child, parent) in edges {
        let (Some(child), Some(parent)) = (sound.member(child.index()), sound.member(parent.index())) else {
            continue;
        };
        let (Some(date), Some(parent_date)) = (&child.header.created, &parent.header.created) else {
            continue;
        };
        let message = format!("this revision is older than {}, which it revises", quote(&parent.id.value));
        findings.push(
            parent
                .beside(
                    child.at(Diagnostic::new(RULE.name, message), date.span, ""),
                    parent_date.span,
                    "the parent was made later",
                )
                .help("if it was moved onto a newer parent, give it the date of the move"),
        );
    }
}
