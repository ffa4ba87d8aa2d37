use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::{ParsedFile, RevisionFile, RevisionFiles, Section, SourceFile},
};

pub(crate) const RULE: Rule =
    Rule::new("duplicate-section", Family::File, "a revision has its up or its down script twice").always();

/// A marker for the second time in one file.
pub(crate) fn in_file(file: &Arc<SourceFile>, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("`{}` stands here for the second time", again.of(file.text()).trim()))
        .at(file, again, "")
        .beside(file, first, "first here")
        .help("put both scripts under one marker, or remove one of them")
}

/// The same half in `<stem>.sql` and in a file of the pair.
pub(crate) fn check_files(revision: &mut RevisionFiles, findings: &mut Vec<Diagnostic>) {
    let halves: [(&str, fn(&ParsedFile) -> Option<&Section>); 2] =
        [("up", |parsed| parsed.up.as_ref()), ("down", |parsed| parsed.down.as_ref())];
    for (name, section) in halves {
        let with_half: Vec<(&RevisionFile, &Section)> =
            revision.files.iter().filter_map(|file| Some((file, section(&file.parsed)?))).collect();
        let twice = with_half.windows(2).filter_map(|pair| match pair {
            [first, again] if first.0.dialect == again.0.dialect => Some((first, again)),
            _ => None,
        });
        let before = findings.len();
        findings.extend(twice.map(|((first, first_section), (again, section))| {
            let message =
                format!("`{}` and `{}` both have the {name} script", first.file.name(), again.file.name());
            Diagnostic::new(RULE.name, message)
                .at(&again.file, first_line(section), "")
                .beside(&first.file, first_line(first_section), "first here")
                .help("keep one of them")
        }));
        revision.sections_failed |= findings.len() > before;
    }
}

/// The marker or, in a file of a pair that needs none, the place where it would stand.
fn first_line(section: &Section) -> Span {
    section.marker
}
