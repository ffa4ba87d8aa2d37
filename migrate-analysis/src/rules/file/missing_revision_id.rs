use std::fmt::Write as _;

use migrate_core::{Dialect, Span};
use sha2::{Digest as _, Sha256};

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{HeaderKey, RevisionFile, RevisionFiles},
    spelling,
};

pub(crate) const RULE: Rule =
    Rule::new("missing-revision-id", Family::File, "a migration file does not say which revision it is")
        .always();

pub(crate) fn check(revision: &mut RevisionFiles, findings: &mut Vec<Diagnostic>) {
    // A header that failed may have the id in a line that could not be read.
    let known = revision.id().is_some() || revision.header_failed;
    let Some(first) = revision.files.first().filter(|_| !known) else { return };
    findings.push(finding(revision, first));
    revision.header_failed = true;
}

fn finding(revision: &RevisionFiles, first: &RevisionFile) -> Diagnostic {
    let (file, header) = revision.header().map_or((&first.file, None), |(file, header)| (file, Some(header)));
    let id = suggested(&revision.stem);
    let message = format!("{} does not say which revision it is", quote(file.name()));
    let finding = Diagnostic::new(RULE.name, message);
    if let Some(line) = header.and_then(|header| header.line(HeaderKey::Revision)) {
        let title = "put an id behind the key: any text that no other revision has, such as this";
        return finding.at(file, line, "there is no id").fix(title, file, line, format!("-- revision: {id}"));
    }
    if let Some(meant) = other_database(&revision.stem) {
        return finding.about(file).help(format!(
            "if it belongs to another file, did you mean {}?",
            quote(&format!("{meant}.sql"))
        ));
    }
    let title = "give it an id: any text that no other revision has, such as this";
    let at = header.map_or(Span::EMPTY, |header| header.span);
    let insert = Span::new(at.start, at.start);
    let finding = finding.fix(title, file, insert, format!("-- revision: {id}\n"));
    match header {
        Some(header) => finding.at(file, header.span, "the header has no line `-- revision: <id>`"),
        None => finding.about(file),
    }
}

/// The stem with its last word as the name of a database, where that is a misspelling of one.
fn other_database(stem: &str) -> Option<String> {
    let (stem, word) = stem.rsplit_once('.')?;
    let meant = spelling::nearest(word, Dialect::ALL.map(Dialect::name))?;
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
