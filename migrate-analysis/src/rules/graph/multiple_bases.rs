use super::{
    history::{Member, Sound},
    lanes::Lanes,
};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "multiple-bases",
    Family::Graph,
    "the history has several bases that no declared branch tells apart",
    include_str!("multiple-bases.md"),
);

/// How many bases are shown.
const MOST_SHOWN: usize = 8;

pub(super) fn check(sound: &Sound<'_>, lanes: &Lanes<'_>, findings: &mut Vec<Diagnostic>) {
    for crowd in lanes.crowded_bases(&sound.graph) {
        let mut bases: Vec<Member<'_>> = crowd.iter().filter_map(|base| sound.member(base.index())).collect();
        // What another tool made comes before what a header names.
        bases.sort_by_key(|base| (!base.files.is_foreign(), base.file.path()));
        let Some((last, others)) = bases.split_last() else { continue };
        let Some(first) = others.first() else { continue };
        // A foreign history goes on at its end, whose id nobody wrote down; of a native one the base is as good as any.
        let is_foreign = |member: &&Member<'_>| member.files.is_foreign();
        let end = sound.members.iter().rfind(is_foreign).filter(|_| first.files.is_foreign());
        let first = end.unwrap_or(first);
        let finding = Diagnostic::new(RULE.name, format!("the history has {} bases", bases.len()))
            .help(format!("if it belongs behind another revision, name that: `-- revises: {}`", first.id.value))
            .help("if it begins a branch of its own, give it a label and name it in `migrate.toml`: `branches = [\"..\"]`");
        let finding = last.at_id(finding, "this revises nothing");
        let others = others.iter().take(MOST_SHOWN);
        findings.push(others.fold(finding, |finding, base| base.beside_id(finding, "nor does this")));
    }
}
