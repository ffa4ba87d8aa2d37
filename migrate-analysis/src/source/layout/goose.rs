//! goose: sections behind `-- +goose Up` and `-- +goose Down`, in any case of letters.

use migrate_core::{Dialect, Span, did_you_mean};

use super::bare::allows;
use crate::source::{
    FileProblem, FileProblemKind as Kind, ParsedFile, Section,
    line::{Line, LineKind, LineKinds, Lines, trim},
    section::first_byte,
};

/// The annotations that goose knows.
const ANNOTATIONS: [(&str, Mark); 7] = [
    ("up", Mark::Up),
    ("down", Mark::Down),
    ("statementbegin", Mark::Begin),
    ("statementend", Mark::End),
    ("no transaction", Mark::NoTransaction),
    ("envsub on", Mark::Substitution),
    ("envsub off", Mark::NoSubstitution),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Up,
    Down,
    Begin,
    End,
    NoTransaction,
    Substitution,
    NoSubstitution,
}

/// What stands behind `-- +goose` in a line that begins so.
fn annotation(text: &str, line: Line) -> Option<&str> {
    let words = line.span.of(text).strip_prefix("--")?.trim_ascii_start();
    let (name, behind) = words.split_at_checked("+goose".len())?;
    let is_one = name.eq_ignore_ascii_case("+goose") && behind.starts_with([' ', '\t']);
    is_one.then(|| behind.trim_ascii())
}

fn mark(annotation: &str) -> Option<Mark> {
    ANNOTATIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(annotation)).map(|&(_, mark)| mark)
}

/// Whether a file has the one annotation that each file of goose has.
pub(super) fn is_one(text: &str) -> bool {
    Lines::new(text, first_byte(text)).any(|line| annotation(text, line).and_then(mark) == Some(Mark::Up))
}

/// Reads a file of goose. Its blocks of statements need no mark here, for scripts are cut by the grammar of their
/// database.
pub(super) fn parse(text: &str, dialects: &[Dialect]) -> ParsedFile {
    let mut reader = Reader { text, file: ParsedFile::default(), open: None, transaction: true };
    let mut kinds = LineKinds::default();
    for line in Lines::new(text, first_byte(text)) {
        match annotation(text, line) {
            Some(words) => reader.read(line, words),
            None if reader.file.up.is_none()
                && kinds.kind(text, line) == LineKind::Sql
                && reader.file.problems.is_empty() =>
            {
                reader.problem(line, Kind::SqlOutsideSection);
            }
            None => {}
        }
    }
    reader.finish(dialects)
}

struct Reader<'t> {
    text: &'t str,
    file: ParsedFile,
    /// The `StatementBegin` that is not closed.
    open: Option<Line>,
    transaction: bool,
}

impl Reader<'_> {
    fn problem(&mut self, line: Line, kind: Kind) {
        self.file.problems.push(FileProblem::new(trim(self.text, line.span), kind));
    }

    fn read(&mut self, line: Line, words: &str) {
        let Some(mark) = mark(words) else {
            let lower = words.to_ascii_lowercase();
            let meant = did_you_mean(&lower, ANNOTATIONS.map(|(name, _)| name));
            return self.problem(line, Kind::UnknownAnnotation { meant });
        };
        match mark {
            Mark::Up => self.begin(line, true),
            Mark::Down => self.begin(line, false),
            Mark::Begin => {
                self.close();
                self.open = Some(line);
            }
            Mark::End if self.open.take().is_none() => self.problem(line, Kind::BlockWithoutBegin),
            Mark::End => self.end_statement(line),
            Mark::NoSubstitution => {}
            Mark::NoTransaction => self.transaction = false,
            Mark::Substitution => self.problem(line, Kind::Substitution),
        }
    }

    /// A section begins, and the one before it ends.
    fn begin(&mut self, line: Line, up: bool) {
        self.close();
        let section = Section {
            marker: line.span,
            body: Span::new(line.next, self.text.len() as u32),
            ends: Vec::new(),
            transaction: true,
            irreversible: None,
        };
        let before = if up { self.file.down.as_mut() } else { self.file.up.as_mut() };
        if let Some(before) = before {
            before.body.end = before.body.end.min(line.span.start);
        }
        let place = if up { &mut self.file.up } else { &mut self.file.down };
        match place {
            Some(first) => {
                let first = first.marker;
                self.problem(line, Kind::DuplicateSection { first });
            }
            None => *place = Some(section),
        }
    }

    /// The statement in a block needs no separator behind it.
    fn end_statement(&mut self, line: Line) {
        let sections = [self.file.up.as_mut(), self.file.down.as_mut()].into_iter().flatten();
        if let Some(section) = sections.max_by_key(|section| section.body.start) {
            section.ends.push(line.span.start);
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.problem(open, Kind::UnclosedBlock);
        }
    }

    fn finish(mut self, dialects: &[Dialect]) -> ParsedFile {
        self.close();
        for section in self.file.up.iter_mut().chain(&mut self.file.down) {
            section.transaction = self.transaction;
        }
        if self.file.up.is_none() {
            let start = first_byte(self.text);
            self.file.problems.retain(|problem| problem.kind != Kind::SqlOutsideSection);
            self.file
                .problems
                .push(FileProblem::new(Span::new(start, start), Kind::MissingMark { mark: "-- +goose Up" }));
        }
        self.file.statement_allows = allows(self.text, first_byte(self.text), dialects);
        self.file.problems.sort_by_key(|problem| problem.span);
        self.file
    }
}
