use migrate_core::{Dialect, Span};

use super::{
    Allow, FileProblem, FileProblemKind, Header, HeaderKey, Spanned,
    allow::allow,
    header::Head,
    line::{LineKind, LineKinds, Lines, trim},
    marker::{Marker, marker},
};
use crate::sql::Enclosure;

/// Which part of a revision a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Both halves: `<name>.sql`.
    Whole,
    /// The up half: `<name>.up.sql`.
    Up,
    /// The down half: `<name>.down.sql`.
    Down,
}

/// What one migration file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedFile {
    /// The comment at its head, where there is one.
    pub header: Option<Header>,
    /// The up half.
    pub up: Option<Section>,
    /// The down half.
    pub down: Option<Section>,
    /// The `-- allow:` lines of the header: they hold for the whole file.
    pub file_allows: Vec<Allow>,
    /// The `-- allow:` lines within the sections: each holds for the statement around it, or else below it.
    pub statement_allows: Vec<Allow>,
    /// What is wrong, in the order of the file.
    pub problems: Vec<FileProblem>,
}

/// One half of a revision within its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The line of the marker, without its line end; empty, at the start of the body, where a file of a pair has none.
    pub marker: Span,
    /// The script: what follows the line of the marker.
    pub body: Span,
    /// Where a statement ends although no separator says so, in order.
    pub ends: Vec<u32>,
    /// Whether the script runs in a transaction.
    pub transaction: bool,
    /// The reason why there is no way back, where the marker says so; empty where it gives none.
    pub irreversible: Option<Spanned<String>>,
}

/// How plainly a file says that it is a native one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// It names a revision, or what it revises.
    Plain,
    /// It has a line that looks like a slip of that.
    Misspelt,
}

/// Whether the comment at the head of a file says that it is a native one.
pub(super) fn claim(text: &str) -> Option<Claim> {
    let mut reader = Reader::new(text, Part::Whole, &[]);
    reader.read_head();
    let reading = reader.head.read(text, Part::Whole);
    let has = |key| reading.header.as_ref().is_some_and(|header| header.line(key).is_some());
    if has(HeaderKey::Revision) || has(HeaderKey::Revises) {
        return Some(Claim::Plain);
    }
    let is_slip =
        |problem: &FileProblem| problem.kind == FileProblemKind::MisspeltKey { meant: HeaderKey::Revision };
    reading.problems.iter().any(is_slip).then_some(Claim::Misspelt)
}

/// Whether a line of the file is a mark of the native layout, or is meant to be one.
pub(super) fn has_native_mark(text: &str) -> bool {
    text.contains("migrate") && Lines::new(text, first_byte(text)).any(|line| marker(text, line).is_some())
}

/// Reads one native migration file.
///
/// A section reaches from the line behind its marker to the next marker or the end of the file. A marker is a line,
/// and needs no parser to be found. Only where such a line lies within a string, a quoted name, a dollar quote or a
/// block comment that is closed further down, and does so for each of `dialects`, is it a part of the script: those
/// are the dialects that the file is written for, and without any, every marker line counts.
///
/// Only the first few sections are looked at in this way: a file has two, and more are an error anyway.
///
/// A file of a pair needs no marker. Without one, its script begins behind the header: behind the last block of
/// comment lines that has a key or, where no line has one, behind the first block that stands alone.
#[must_use]
pub fn parse(text: &str, part: Part, dialects: &[Dialect]) -> ParsedFile {
    let mut reader = Reader::new(text, part, dialects);
    reader.read();
    reader.finish()
}

/// What was read of a file so far.
struct Reader<'t> {
    text: &'t str,
    part: Part,
    dialects: &'t [Dialect],
    /// What stands before the first SQL and the first marker.
    head: Head,
    /// The first line of SQL, where it stands before any marker.
    outside: Option<Span>,
    markers: Vec<Marker>,
    allows: Vec<Allow>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, part: Part, dialects: &'t [Dialect]) -> Self {
        Self {
            text,
            part,
            dialects,
            head: Head::default(),
            outside: None,
            markers: Vec::new(),
            allows: Vec::new(),
        }
    }

    fn read(&mut self) {
        if let Some(start) = self.read_head() {
            self.read_from(start);
        }
    }

    /// Reads up to the first SQL or marker, and says where to go on behind it.
    fn read_head(&mut self) -> Option<u32> {
        let mut kinds = LineKinds::default();
        for line in Lines::new(self.text, first_byte(self.text)) {
            let kind = kinds.kind(self.text, line);
            if kind == LineKind::Sql {
                self.outside = Some(trim(self.text, line.span));
                return Some(line.span.start);
            }
            if kind == LineKind::Comment
                && let Some(marker) = marker(self.text, line)
            {
                self.markers.push(marker);
                return Some(line.next);
            }
            self.head.push(line, kind);
        }
        None
    }

    /// Reads the lines where SQL may stand.
    fn read_from(&mut self, start: u32) {
        let mut enclosures = self.enclosures(start);
        for line in Lines::new(self.text, start) {
            let content = trim(self.text, line.span);
            let mut is_free =
                || enclosures.is_empty() || enclosures.iter_mut().any(|one| !one.covers(content.start));
            if let Some(marker) = marker(self.text, line) {
                if is_free() {
                    enclosures = self.enclosures(line.next);
                    self.markers.push(marker);
                }
            } else if let Some(allow) = allow(self.text, line.span)
                && is_free()
            {
                self.allows.push(allow);
            }
        }
    }

    /// Each section is read from its start, and perhaps to the end of the file: none may be, once there are many.
    fn enclosures(&self, start: u32) -> Vec<Enclosure<'t>> {
        const SECTIONS: usize = 8;
        let section = Span::new(start, self.text.len() as u32);
        let dialects = if self.markers.len() <= SECTIONS { self.dialects } else { &[] };
        dialects.iter().map(|&dialect| Enclosure::new(self.text, section, dialect)).collect()
    }

    fn finish(mut self) -> ParsedFile {
        let is_bare = self.part != Part::Whole && self.markers.is_empty();
        let comments = is_bare.then(|| self.head.split_off(self.text));
        let start = self.head.end().unwrap_or_else(|| first_byte(self.text));
        let reading = self.head.read(self.text, self.part);
        if let Some(comments) = comments {
            self.allows.splice(..0, comments.read(self.text, self.part).allows);
        }
        let mut file = ParsedFile {
            header: reading.header,
            up: None,
            down: None,
            file_allows: reading.allows,
            statement_allows: self.allows,
            problems: reading.problems,
        };
        if is_bare {
            let place = if self.part == Part::Down { &mut file.down } else { &mut file.up };
            *place = Some(Section::bare(self.text, start));
        } else if let Some(outside) = self.outside
            && (reading.is_native || !self.markers.is_empty())
        {
            file.problems.push(FileProblem::new(outside, FileProblemKind::SqlOutsideSection));
        }
        file.add_sections(self.text, self.part, self.markers);
        file.problems.sort_by_key(|problem| problem.span);
        file
    }
}

/// The first byte that is not of a byte order mark.
pub(super) fn first_byte(text: &str) -> u32 {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 }
}

impl ParsedFile {
    fn add_sections(&mut self, text: &str, part: Part, markers: Vec<Marker>) {
        let mut end = text.len() as u32;
        let mut found = Vec::new();
        for mut marker in markers.into_iter().rev() {
            self.problems.append(&mut marker.problems);
            if let Some(half) = marker.half {
                let start = marker.line.span.start;
                found.push((half, Section::new(marker, end)));
                end = start;
            }
        }
        for (half, section) in found.into_iter().rev() {
            if part != Part::Whole && part != half {
                self.problems.push(FileProblem::new(section.marker, FileProblemKind::MisplacedSection));
            } else {
                self.add_section(text, half, section);
            }
        }
    }

    fn add_section(&mut self, text: &str, half: Part, section: Section) {
        let place = if half == Part::Down { &mut self.down } else { &mut self.up };
        if let Some(first) = place {
            let kind = FileProblemKind::DuplicateSection { first: first.marker };
            self.problems.push(FileProblem::new(section.marker, kind));
            return;
        }
        if section.irreversible.is_some()
            && let Some(sql) = first_sql(text, section.body)
        {
            self.problems.push(FileProblem::new(sql, FileProblemKind::SqlUnderIrreversible));
        }
        *place = Some(section);
    }
}

/// The first line of a section that is neither blank nor a comment.
fn first_sql(text: &str, body: Span) -> Option<Span> {
    let mut kinds = LineKinds::default();
    let lines = Lines::new(text, body.start).take_while(|line| line.span.start < body.end);
    let sql = lines.into_iter().find(|&line| kinds.kind(text, line) == LineKind::Sql)?;
    Some(trim(text, sql.span))
}

impl Section {
    fn new(marker: Marker, end: u32) -> Self {
        Self {
            marker: marker.line.span,
            body: Span::new(marker.line.next, end),
            ends: Vec::new(),
            transaction: marker.transaction,
            irreversible: marker.irreversible,
        }
    }

    /// The script of a file without a marker.
    pub(super) fn bare(text: &str, start: u32) -> Self {
        let body = Span::new(start, text.len() as u32);
        Self {
            marker: Span::new(start, start),
            body,
            ends: Vec::new(),
            transaction: true,
            irreversible: None,
        }
    }
}
