//! A file that is one script from its first byte to its last, without marks of its own.

use migrate_core::{Dialect, Span};

use crate::source::{
    Allow, ParsedFile, Part, Section,
    allow::allow,
    line::{LineKind, LineKinds, Lines, comment},
    section::first_byte,
};
use crate::sql::Enclosure;

/// Reads such a file.
pub(super) fn parse(text: &str, part: Part, transaction: bool, dialects: &[Dialect]) -> ParsedFile {
    let start = first_byte(text);
    let section = Section { transaction, ..Section::bare(text, start) };
    let mut file = ParsedFile { statement_allows: allows(text, start, dialects), ..ParsedFile::default() };
    *(if part == Part::Down { &mut file.down } else { &mut file.up }) = Some(section);
    file
}

/// The `-- allow:` lines that lie within nothing.
pub(super) fn allows(text: &str, start: u32, dialects: &[Dialect]) -> Vec<Allow> {
    let section = Span::new(start, text.len() as u32);
    let mut enclosures: Option<Vec<Enclosure<'_>>> = None;
    let mut allows = Vec::new();
    for line in Lines::new(text, start) {
        let Some(allow) = allow(text, line.span) else { continue };
        // Few files have such a line: no other one is looked at twice.
        let enclosures = enclosures.get_or_insert_with(|| {
            dialects.iter().map(|&dialect| Enclosure::new(text, section, dialect)).collect()
        });
        if enclosures.is_empty() || enclosures.iter_mut().any(|one| !one.covers(allow.span.start)) {
            allows.push(allow);
        }
    }
    allows
}

/// Whether one of the comments at the head of the file says this and nothing else.
pub(super) fn head_says(text: &str, words: &str) -> bool {
    let mut kinds = LineKinds::default();
    Lines::new(text, first_byte(text))
        .take_while(|&line| kinds.kind(text, line) != LineKind::Sql)
        .filter_map(|line| comment(text, line.span))
        .any(|inner| inner.of(text).starts_with(words))
}
