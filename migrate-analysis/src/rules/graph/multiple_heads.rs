use super::{
    history::{Member, Sound},
    lanes::Crowd,
};
use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "multiple-heads",
    Family::Graph,
    "the history has several heads that no declared branch tells apart",
    include_str!("multiple-heads.md"),
);

/// How many heads are shown.
const MOST_SHOWN: usize = 8;

pub(super) fn check(sound: &Sound<'_>, crowds: &[Crowd<'_>], findings: &mut Vec<Diagnostic>) {
    for crowd in crowds {
        let mut heads: Vec<Member<'_>> = crowd.iter().filter_map(|head| sound.member(head.index())).collect();
        // Who comes last finds out: the newest head is the one at fault, the others explain it.
        heads.sort_by_key(|head| head.file.path());
        let Some((last, others)) = heads.split_last() else { continue };
        let ids: Vec<&str> = heads.iter().map(|head| &*head.id.value).take(MOST_SHOWN).collect();
        let finding = Diagnostic::new(RULE.name, format!("the history has {} heads", heads.len()))
            .help(format!("merge them by a new revision: `-- revises: {}`", ids.join(", ")))
            .help("or let one of them revise the other: `cargo migrate rebase` does so with drafts")
            .help("or, if the branches stay apart, give one a label and name it in `migrate.toml`: `branches = [\"..\"]`");
        let finding = last.at_id(finding, "nothing revises this");
        let others = others.iter().take(MOST_SHOWN);
        findings.push(others.fold(finding, |finding, head| head.beside_id(finding, "nor this")));
    }
}
