use std::collections::BTreeSet;

use migrate_core::{Dialect, Span, graph::Revision};

use super::{Locked, chain::UpScript, put_back};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule, graph::history::Member},
    source::{HeaderKey, LockEntry, RevisionFile, Spanned},
};

pub(crate) const RULE: Rule = Rule::new(
    "sealed-revision-edited",
    Family::Lock,
    "a revision that has shipped was edited",
    include_str!("sealed-revision-edited.md"),
)
.always();

pub(super) fn check(locked: &Locked<'_>, findings: &mut Vec<Diagnostic>) {
    let members = locked.history.by_id();
    for edition in locked.editions {
        for revision in edition.graph.revisions() {
            let sealed = locked.lock.entry(revision.id()).filter(|entry| entry.is_sealed());
            let (Some(entry), Some(member)) = (sealed, members.get(revision.id())) else { continue };
            findings.extend(edges(locked, member, entry, revision));
            if !member.files.sections_failed {
                findings.extend(script(locked, member, entry, revision, edition.dialect));
            }
        }
    }
}

/// The finding where a sealed revision follows others than when it was sealed.
fn edges(
    locked: &Locked<'_>,
    member: &Member<'_>,
    entry: &LockEntry,
    revision: Revision<'_>,
) -> Option<Diagnostic> {
    let parents = (entry.parents.as_slice(), revision.parents().map(Revision::id).collect());
    let dependencies = (entry.depends_on.as_slice(), revision.dependencies().map(Revision::id).collect());
    let kinds = [
        (parents, HeaderKey::Revises, "following", &member.header.revises),
        (dependencies, HeaderKey::DependsOn, "depending on", &member.header.depends_on),
    ];
    let differs = |(sealed, now): &(&[Spanned<String>], Vec<&str>)| {
        sealed.iter().map(|name| &*name.value).collect::<BTreeSet<_>>() != now.iter().copied().collect()
    };
    let ((sealed, now), key, word, written) = kinds.into_iter().find(|(edges, ..)| differs(edges))?;
    let names = |names: &[&str]| match names {
        [] => "nothing".to_owned(),
        names => names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", "),
    };
    let sealed: Vec<&str> = sealed.iter().map(|name| &*name.value).collect();
    let message = format!(
        "{} was sealed as {word} {}; its header says {}",
        quote(&entry.id.value),
        names(&sealed),
        names(&now)
    );
    let line = member.header.line(key).unwrap_or(member.id.span);
    let finding = Diagnostic::new(RULE.name, message)
        .at(member.file, line, "")
        .beside(&locked.lock.file, entry.id.span, "sealed here")
        .help("what has shipped stays where it is: let a new revision follow it, or a merge join the two");
    Some(match (written.first(), written.last()) {
        (Some(first), Some(last)) if !sealed.is_empty() => {
            let span = Span::new(first.span.start, last.span.end);
            finding.fix("put back what was sealed", member.file, span, sealed.join(", "))
        }
        _ => finding,
    })
}

/// The finding where the up script for a database is another one than the sealed one.
fn script(
    locked: &Locked<'_>,
    member: &Member<'_>,
    entry: &LockEntry,
    revision: Revision<'_>,
    dialect: Dialect,
) -> Option<Diagnostic> {
    let sealed = locked.lock.sealed(&entry.id.value, dialect)?;
    if *revision.fingerprint() == sealed {
        // It vouches for all of its history, and nothing is hashed again.
        return None;
    }
    let now = locked.fingerprint(entry, dialect, UpScript::of(member, dialect, locked.config))?;
    if now == sealed {
        return None;
    }
    let half = member.files.up(dialect, locked.config.dialect);
    let file = half.and_then(|half| member.files.files.iter().find(|file| file.file == *half.file));
    let id = quote(&entry.id.value);
    let variant = file.and_then(|file| file.dialect).map(|dialect| format!(" for `{dialect}`"));
    let variant = variant.unwrap_or_default();
    let message = format!("the up script of {id}{variant} was edited after it was sealed");
    let finding = Diagnostic::new(RULE.name, message);
    let finding = match half {
        Some(half) => finding.at(half.file, half.place(), "this is not what was sealed"),
        None => member.at_id(finding, "its up script is not there"),
    };
    let finding = finding.beside(&locked.lock.file, entry.id.span, "sealed here");
    let finding = finding.help("write a new revision instead: `cargo migrate revision -m \"..\"`");
    let is_draft = |name: &&Spanned<String>| locked.lock.sealed(&name.value, dialect).is_none();
    if let Some(draft) = entry.parents.iter().chain(&entry.depends_on).find(is_draft) {
        let draft = quote(&draft.value);
        return Some(
            finding.help(format!(
                "or it was {draft} that was edited: this one follows it, and it is not sealed"
            )),
        );
    }
    if let Some(other) = shadowed(locked, member, entry, dialect, file) {
        let other = quote(other.file.name());
        return Some(
            finding.help(format!("or remove this file: {id} was sealed with the script of {other}")),
        );
    }
    let earlier = half.zip(file).and_then(|(half, file)| {
        put_back::change(locked, entry, dialect, half, (member.files.layout, file.part))
    });
    Some(match (half, earlier) {
        (Some(half), Some((span, text))) => finding.fix("put back what was sealed", half.file, span, text),
        _ => finding.help(format!("it was sealed as `{sealed}`, and is `{now}` now")),
    })
}

/// The file for all databases that has the sealed script, where a file for one database has taken its place since.
fn shadowed<'r>(
    locked: &Locked<'_>,
    member: &Member<'r>,
    entry: &LockEntry,
    dialect: Dialect,
    file: Option<&RevisionFile>,
) -> Option<&'r RevisionFile> {
    file?.dialect?;
    let mut others = member.files.files.iter().filter(|other| other.dialect.is_none());
    others.find(|other| {
        let up = other.parsed.up.as_ref();
        up.is_some_and(|up| locked.is_sealed_script(entry, dialect, UpScript::new(other.file.text(), up)))
    })
}
