use std::sync::Arc;

use migrate_core::{Dialect, Span};

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Half, ParsedFile, RevisionFiles, Section, SourceFile},
};

pub(crate) const RULE: Rule = Rule::new(
    "duplicate-section",
    Family::File,
    "a revision has its up or its down script twice",
    include_str!("duplicate-section.md"),
)
.always();

/// A marker for the second time in one file.
pub(crate) fn in_file(file: &Arc<SourceFile>, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        RULE.name,
        format!("{} stands here for the second time", quote(again.of(file.text()).trim())),
    )
    .at(file, again, "")
    .beside(file, first, "first here")
    .help("put both scripts under one marker, or remove one of them")
}

/// The same half in `<stem>.sql` and in a file of the pair.
pub(crate) fn check_files(revision: &mut RevisionFiles, findings: &mut Vec<Diagnostic>) {
    let before = findings.len();
    findings.extend(twice(revision, "up", |parsed| parsed.up.as_ref()));
    findings.extend(twice(revision, "down", |parsed| parsed.down.as_ref()));
    revision.sections_failed |= findings.len() > before;
}

fn twice(
    revision: &RevisionFiles,
    name: &str,
    section: fn(&ParsedFile) -> Option<&Section>,
) -> Vec<Diagnostic> {
    let halves = revision.files.iter().filter_map(|file| {
        let section = section(&file.parsed)?;
        Some((file.dialect, Half { file: &file.file, section }))
    });
    let halves: Vec<(Option<Dialect>, Half<'_>)> = halves.collect();
    let pairs = halves.iter().zip(halves.iter().skip(1)).filter(|(first, again)| first.0 == again.0);
    let findings = pairs.map(|((_, first), (_, again))| {
        let (a, b) = (quote(first.file.name()), quote(again.file.name()));
        Diagnostic::new(RULE.name, format!("{a} and {b} both have the {name} script"))
            .at(again.file, again.place(), "again here")
            .beside(first.file, first.place(), "first here")
            .help("keep one of them")
    });
    findings.collect()
}
