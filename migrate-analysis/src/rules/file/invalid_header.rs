use std::{collections::BTreeSet, sync::Arc};

use migrate_core::Span;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Header, HeaderKey, RevisionFiles, SourceFile},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-header",
    Family::File,
    "the header of a migration file cannot be understood",
    include_str!("invalid-header.md"),
)
.always();

pub(crate) fn misspelt_key(file: &Arc<SourceFile>, at: Span, meant: HeaderKey) -> Diagnostic {
    let key = at.of(file.text()).trim_end_matches(':').trim_end();
    Diagnostic::new(RULE.name, format!("the header has no key {}", quote(key))).at(file, at, "").fix(
        format!("did you mean `{}`?", meant.name()),
        file,
        Span::new(at.start, at.start + key.len() as u32),
        meant.name(),
    )
}

pub(crate) fn duplicate_key(file: &Arc<SourceFile>, at: Span, key: HeaderKey, first: Span) -> Diagnostic {
    let help = match key {
        HeaderKey::Revises | HeaderKey::DependsOn | HeaderKey::Labels => {
            format!("name several in one line, with commas: `-- {}: a, b`", key.name())
        }
        HeaderKey::Revision | HeaderKey::Created => "remove one of them".into(),
    };
    Diagnostic::new(RULE.name, format!("the header has the key `{}` twice", key.name()))
        .at(file, at, "")
        .beside(file, first, "first here")
        .help(help)
}

pub(crate) fn invalid_date(file: &Arc<SourceFile>, at: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is no date and time", quote(at.of(file.text()))))
        .at(file, at, "")
        .help("write it as `2025-11-10 12:30:00 UTC`")
}

/// The `metadata.toml` of a revision of Diesel, which passes over what it cannot read.
pub(crate) fn metadata(file: &Arc<SourceFile>, at: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is not understood: {reason}", quote(file.name())))
        .at(file, at, "")
        .help("the scripts run in a transaction; to keep them out of one, write `run_in_transaction = false`")
        .at_most_a_warning()
}

/// The header stands once. What another file of the revision repeats has to be the same.
pub(crate) fn check_agreement(revision: &mut RevisionFiles, findings: &mut Vec<Diagnostic>) {
    let Some((first_file, first)) = revision.header() else { return };
    let others = revision.files.iter().filter(|file| file.file != *first_file);
    let before = findings.len();
    for other in others {
        let Some(header) = other.parsed.header.as_ref().filter(|header| header.is_native()) else { continue };
        let differs = |(key, _): &&(HeaderKey, Span)| values(header, *key) != values(first, *key);
        findings.extend(header.lines.iter().filter(differs).map(|&(key, line)| {
            let message = format!(
                "{} and {} do not agree about `{}`",
                quote(first_file.name()),
                quote(other.file.name()),
                key.name()
            );
            Diagnostic::new(RULE.name, message)
                .at(&other.file, line, "")
                .beside(first_file, told(first, key), "the header of the revision")
                .help("they are one revision: remove the header from all of its files but one")
        }));
    }
    revision.header_failed |= findings.len() > before;
}

/// Where a header says what the key says, or else which revision it is.
fn told(header: &Header, key: HeaderKey) -> Span {
    header.line(key).or_else(|| header.line(HeaderKey::Revision)).unwrap_or(header.span)
}

/// What a key says, in no order.
fn values(header: &Header, key: HeaderKey) -> BTreeSet<&str> {
    match key {
        HeaderKey::Revision => header.revision.iter().map(|id| &*id.value).collect(),
        HeaderKey::Revises => header.revises.iter().map(|id| &*id.value).collect(),
        HeaderKey::DependsOn => header.depends_on.iter().map(|name| &*name.value).collect(),
        HeaderKey::Labels => header.labels.iter().map(|label| &*label.value).collect(),
        HeaderKey::Created => header.created.iter().map(|date| &*date.value).collect(),
    }
}
