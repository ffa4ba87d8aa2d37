use super::{history::Sound, reachability};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "redundant-dependency",
    Family::Graph,
    "a revision depends on one that it descends from",
    include_str!("redundant-dependency.md"),
)
.level(Level::Warn);

pub(crate) fn check(sound: &Sound<'_>, findings: &mut Vec<Diagnostic>) {
    let questions: Vec<_> = sound
        .graph
        .revisions()
        .flat_map(|revision| {
            revision.dependencies().map(move |dependency| (revision.index(), dependency.index()))
        })
        .collect();
    let answers = reachability::answer(&sound.graph, &questions);
    for ((revision, dependency), is_ancestor) in questions.into_iter().zip(answers) {
        let (Some(member), Some(other)) = (sound.member(revision), sound.member(dependency)) else {
            continue;
        };
        if !is_ancestor {
            continue;
        }
        let labels = other.header.labels.iter().map(|label| &label.value);
        let span = std::iter::once(&other.id.value).chain(labels).find_map(|name| member.dependency(name));
        let message =
            format!("revision {} descends from {} anyway", quote(&member.id.value), quote(&other.id.value));
        findings.push(
            Diagnostic::new(RULE.name, message)
                .at(member.file, span.unwrap_or(member.id.span), "this dependency says nothing new")
                .help("remove it: `depends-on` is for revisions of other branches"),
        );
    }
}
