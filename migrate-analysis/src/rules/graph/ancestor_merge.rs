use migrate_core::graph::RevisionIndex;

use super::{history::Sound, reachability};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "ancestor-merge",
    Family::Graph,
    "a merge of a revision with its own ancestor",
    include_str!("ancestor-merge.md"),
);

pub(crate) fn check(sound: &Sound<'_>, findings: &mut Vec<Diagnostic>) {
    let mut questions = Vec::new();
    let mut merges: Vec<RevisionIndex> = Vec::new();
    for merge in sound.graph.revisions().filter(|revision| revision.is_merge()) {
        for parent in merge.parents() {
            for other in merge.parents().filter(|other| other.index() != parent.index()) {
                questions.push((parent.index(), other.index()));
                merges.push(merge.index());
            }
        }
    }
    let answers = reachability::answer(&sound.graph, &questions);
    for (((parent, ancestor), merge), descends) in questions.into_iter().zip(merges).zip(answers) {
        let names = (sound.member(merge), sound.member(parent), sound.member(ancestor));
        let (true, (Some(merge), Some(parent), Some(ancestor))) = (descends, names) else { continue };
        let (parent, ancestor) = (&parent.id.value, &ancestor.id.value);
        let message = format!("this merges {} with its own ancestor {}", quote(parent), quote(ancestor));
        let span = merge.parent(ancestor).unwrap_or(merge.id.span);
        let text = format!("{} has it already", quote(parent));
        findings.push(
            Diagnostic::new(RULE.name, message)
                .at(merge.file, span, text)
                .help(format!("remove it: `-- revises: {parent}` is enough")),
        );
    }
}
