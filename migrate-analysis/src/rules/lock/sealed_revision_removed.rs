use std::collections::BTreeSet;

use super::{Locked, chain::UpScript};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{
        Family, Rule,
        graph::history::{History, Member},
    },
    source::{Lock, LockEntry},
};

pub(crate) const RULE: Rule = Rule::new(
    "sealed-revision-removed",
    Family::Lock,
    "a revision that has shipped is not there any more",
    include_str!("sealed-revision-removed.md"),
)
.always();

/// The sealed revisions that no file has.
pub(crate) fn gone<'l>(lock: &'l Lock, history: &History<'_>) -> BTreeSet<&'l str> {
    if history.incomplete {
        return BTreeSet::new();
    }
    let members = history.by_id();
    let sealed = lock.entries.iter().filter(|entry| entry.is_sealed()).map(|entry| &*entry.id.value);
    sealed.filter(|id| !members.contains_key(id)).collect()
}

/// The ids that sealed revisions have now, where they were changed.
pub(super) fn renamed_ids<'r>(locked: &Locked<'r>) -> BTreeSet<&'r str> {
    let gone = locked.history.gone.iter().filter_map(|id| locked.lock.entry(id));
    gone.filter_map(|entry| renamed(locked, entry)).map(|member| &*member.id.value).collect()
}

pub(super) fn check(locked: &Locked<'_>, findings: &mut Vec<Diagnostic>) {
    let gone = &locked.history.gone;
    for entry in locked.lock.entries.iter().filter(|entry| gone.contains(&*entry.id.value)) {
        let message = format!("the sealed revision {} is not there any more", quote(&entry.id.value));
        let finding = Diagnostic::new(RULE.name, message).at(&locked.lock.file, entry.id.span, "sealed here");
        findings.push(match renamed(locked, entry) {
            Some(member) => member.beside_id(finding, "this one has its script").fix(
                "give it back its id",
                member.file,
                member.id.span,
                &*entry.id.value,
            ),
            None => finding.help("put its file back: every database that has it will ask for it"),
        });
    }
}

/// The revision that is not listed, and would have the fingerprint of this one under its id.
fn renamed<'r>(locked: &Locked<'r>, entry: &LockEntry) -> Option<Member<'r>> {
    let is_it = |member: &&Member<'_>| {
        locked.editions.iter().any(|edition| {
            let script = UpScript::of(member, edition.dialect, locked.config);
            edition.graph.find(&member.id.value).is_some()
                && locked.is_sealed_script(entry, edition.dialect, script)
        })
    };
    let members = locked.history.revisions.iter();
    members.filter(|member| locked.lock.entry(&member.id.value).is_none()).find(is_it).copied()
}
