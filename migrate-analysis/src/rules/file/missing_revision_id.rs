use std::fmt::Write as _;

use migrate_core::{Dialect, Span, did_you_mean};
use sha2::{Digest as _, Sha256};

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{HeaderKey, RevisionFile, RevisionFiles},
};

pub(crate) const RULE: Rule = Rule::new(
    "missing-revision-id",
    Family::File,
    "a migration file does not say which revision it is",
    include_str!("missing-revision-id.md"),
)
.always();

pub(crate) fn check(revision: &mut RevisionFiles, findings: &mut Vec<Diagnostic>) {
    // A header that failed may have the id in a line that could not be read.
    let known = revision.id().is_some() || revision.header_failed;
    let Some(first) = revision.files.first().filter(|_| !known) else { return };
    findings.push(finding(revision, first));
    revision.header_failed = true;
    // It may be a file of another tool, whose sections have other marks.
    revision.sections_failed = true;
}

fn finding(revision: &RevisionFiles, first: &RevisionFile) -> Diagnostic {
    let file = revision.header().map_or(&first.file, |(file, _)| file);
    let header = revision.header().map(|(_, header)| header).or(first.parsed.header.as_ref());
    let id = suggested(&revision.stem);
    let finding =
        Diagnostic::new(RULE.name, format!("{} does not say which revision it is", quote(file.name())));
    if let Some(line) = header.and_then(|header| header.line(HeaderKey::Revision)) {
        let title = "any text that no other revision has is an id, such as this";
        return finding.at(file, line, "no id follows").fix(title, file, line, format!("-- revision: {id}"));
    }
    if let Some(meant) = other_database(&revision.stem) {
        let finding = finding.at(file, first_line(file.text(), 0), "there is no header");
        return finding.help(format!("did you mean the name {}?", quote(&format!("{meant}.sql"))));
    }
    let title = "any text that no other revision has is an id, such as this";
    match header {
        Some(header) => {
            let end = Span::new(header.span.end, header.span.end);
            let finding =
                finding.at(file, first_line(file.text(), header.span.start), "a line is missing below");
            finding.fix(title, file, end, format!("\n--\n-- revision: {id}"))
        }
        None => {
            let start = if file.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 };
            let finding = finding.at(file, first_line(file.text(), start), "a line is missing above");
            finding.fix(title, file, Span::new(start, start), format!("-- revision: {id}\n\n"))
        }
    }
}

/// The line that begins at a place.
fn first_line(text: &str, start: u32) -> Span {
    let line = text.get(start as usize..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    Span::new(start, start + line.len() as u32)
}

/// The stem with its last word as the name of a database, where that is a misspelling of one.
fn other_database(stem: &str) -> Option<String> {
    let (stem, word) = stem.rsplit_once('.')?;
    let meant = did_you_mean(word, Dialect::ALL.map(Dialect::name))?;
    Some(format!("{stem}.{meant}"))
}

/// An id that is as good as a random one, and the same every time.
fn suggested(stem: &str) -> String {
    let digest = Sha256::digest(stem.as_bytes());
    digest.iter().take(6).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
