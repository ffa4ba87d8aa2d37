use std::{ops::Range, sync::Arc};

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Snippet, normalize_untrusted_str,
};
use migrate_core::Span;

use super::{Diagnostic, Fix, Label, Severity};
use crate::source::SourceFile;

/// How the crate for snippets calls this severity.
pub(super) fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

/// The places of a finding, the primary file first, then its advice.
pub(super) fn elements(finding: &Diagnostic) -> Vec<Element<'_>> {
    let mut files: Vec<&Arc<SourceFile>> = Vec::new();
    for label in finding.primary.iter().chain(&finding.secondary) {
        if !files.contains(&&label.file) {
            files.push(&label.file);
        }
    }
    let mut elements: Vec<Element<'_>> = files.into_iter().map(|file| place(finding, file)).collect();
    let advice = |help: &String| Level::HELP.message(normalize_untrusted_str(help)).into();
    elements.extend(finding.help.iter().map(advice));
    elements
}

/// The change that mends a finding, as a group of its own.
pub(super) fn patch(fix: &Fix) -> Group<'_> {
    let patch = Patch::new(range(&fix.file, fix.span), &*fix.replacement);
    let snippet = Snippet::source(text(&fix.file)).path(fix.file.path()).patch(patch);
    Level::HELP.secondary_title(normalize_untrusted_str(&fix.title)).element(snippet)
}

/// Everything that a finding says about one file.
fn place<'d>(finding: &'d Diagnostic, file: &'d Arc<SourceFile>) -> Element<'d> {
    let primary = finding.primary.iter().map(|label| (label, AnnotationKind::Primary));
    let secondary = finding.secondary.iter().map(|label| (label, AnnotationKind::Context));
    let annotations: Vec<Annotation<'_>> = primary
        .chain(secondary)
        .filter(|(label, _)| label.file == *file)
        .filter_map(|(label, kind)| annotation(label, kind))
        .collect();
    if annotations.is_empty() {
        return Origin::path(file.path()).into();
    }
    Snippet::source(text(file)).path(file.path()).annotations(annotations).into()
}

fn annotation(label: &Label, kind: AnnotationKind) -> Option<Annotation<'_>> {
    let span = range(&label.file, label.span?);
    let text = (!label.text.is_empty()).then_some(&*label.text);
    Some(kind.span(span).label(text))
}

/// The text of a file without its byte order mark, which editors do not show and do not count in columns.
fn text(file: &SourceFile) -> &str {
    file.text().strip_prefix('\u{feff}').unwrap_or(file.text())
}

/// The bytes of that text which a span of the file covers.
fn range(file: &SourceFile, span: Span) -> Range<usize> {
    let hidden = file.text().len() - text(file).len();
    let Range { start, end } = file.range(span);
    start.saturating_sub(hidden)..end.saturating_sub(hidden)
}
