use std::collections::BTreeSet;

use migrate_core::{Span, graph::Revision};

use super::Locked;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
    source::{LockEntry, Spanned},
};

pub(crate) const RULE: Rule = Rule::new(
    "stale-lock-entry",
    Family::Lock,
    "the lock file lists a draft that is gone, or what it followed before",
    include_str!("stale-lock-entry.md"),
)
.level(Level::Warn);

pub(super) fn check(locked: &Locked<'_>, findings: &mut Vec<Diagnostic>) {
    let members = locked.history.by_id();
    for entry in locked.lock.entries.iter().filter(|entry| !entry.is_sealed()) {
        let id = quote(&entry.id.value);
        let finding = match (members.get(&*entry.id.value), locked.sound.graph.find(&entry.id.value)) {
            (None, _) if locked.history.incomplete => continue,
            (None, _) => Diagnostic::new(RULE.name, format!("the draft {id} is listed, but has no file")).at(
                &locked.lock.file,
                entry.id.span,
                "",
            ),
            (Some(member), Some(revision)) => {
                let parents = revision.parents().map(Revision::id).collect();
                let dependencies = revision.dependencies().map(Revision::id).collect();
                if names(&entry.parents) == parents && names(&entry.depends_on) == dependencies {
                    continue;
                }
                let finding =
                    Diagnostic::new(RULE.name, format!("the draft {id} is not listed as its header has it"))
                        .at(&locked.lock.file, edges(entry), "");
                member.beside_id(finding, "")
            }
            (Some(_), None) => continue,
        };
        findings.push(finding.help("`cargo migrate lock --draft` writes the line anew"));
    }
}

fn names(names: &[Spanned<String>]) -> BTreeSet<&str> {
    names.iter().map(|name| &*name.value).collect()
}

/// Where the line says what the revision follows.
fn edges(entry: &LockEntry) -> Span {
    let names = || entry.parents.iter().chain(&entry.depends_on);
    match (names().next(), names().last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => entry.id.span,
    }
}
