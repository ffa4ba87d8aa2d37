use migrate_core::Span;

use super::{
    Allow, FileProblem, FileProblemKind, HeaderKey, Part, Spanned,
    allow::allow,
    created::created,
    header_key::Entry,
    line::{Line, LineKind, comment, trim},
};

/// What the comment at the head of a native migration file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The lines of the header.
    pub span: Span,
    /// What the revision does: the first words of the comment; may be empty.
    pub message: Spanned<String>,
    /// `revision:`, the id. Empty where nothing follows the key.
    pub revision: Option<Spanned<String>>,
    /// `revises:`, the parents.
    pub revises: Vec<Spanned<String>>,
    /// `depends-on:`, the dependencies.
    pub depends_on: Vec<Spanned<String>>,
    /// `labels:`, the branch labels.
    pub labels: Vec<Spanned<String>>,
    /// `created:`, as `YYYY-MM-DD HH:MM:SS` in UTC.
    pub created: Option<Spanned<String>>,
    /// The line of each key that is there, without its line end, in the order of the file.
    pub lines: Vec<(HeaderKey, Span)>,
}

impl Header {
    fn new(span: Span) -> Self {
        Self {
            span,
            message: Spanned::new(String::new(), Span::new(span.start, span.start)),
            revision: None,
            revises: Vec::new(),
            depends_on: Vec::new(),
            labels: Vec::new(),
            created: None,
            lines: Vec::new(),
        }
    }

    /// What the name of a file says in the place of a header: it stands at no bytes.
    pub(super) fn of_name(id: &str, message: String, created: Option<String>) -> Self {
        let mut header = Self::new(Span::EMPTY);
        header.message.value = message;
        header.revision = Some(Spanned::new(id.to_owned(), Span::EMPTY));
        header.created = created.map(|date| Spanned::new(date, Span::EMPTY));
        header
    }

    /// The line of a key, without its line end, where the header has the key.
    #[must_use]
    pub fn line(&self, key: HeaderKey) -> Option<Span> {
        self.lines.iter().find(|(found, _)| *found == key).map(|&(_, span)| span)
    }

    /// Whether the header has a key that no comment of another kind has.
    pub(crate) fn is_native(&self) -> bool {
        self.lines.iter().any(|(key, _)| key.is_of_graph())
    }
}

/// The lines of a file before the first SQL and the first marker.
#[derive(Default)]
pub(super) struct Head {
    lines: Vec<(Line, LineKind)>,
}

/// What was read in a [`Head`].
#[derive(Default)]
pub(super) struct HeadReading {
    pub(super) header: Option<Header>,
    pub(super) allows: Vec<Allow>,
    pub(super) problems: Vec<FileProblem>,
    /// Whether the header has a key that no comment of another kind has.
    pub(super) is_native: bool,
}

impl Head {
    pub(super) fn push(&mut self, line: Line, kind: LineKind) {
        self.lines.push((line, kind));
    }

    /// Leaves the header here, and gives back the comments behind it, which belong to the script.
    pub(super) fn split_off(&mut self, text: &str) -> Self {
        let has_key = |&(line, kind): &(Line, LineKind)| {
            kind == LineKind::Comment
                && comment(text, line.span)
                    .is_some_and(|inner| !matches!(Entry::read(text, inner), Entry::Text(_)))
        };
        let is_comment = |&(_, kind): &(Line, LineKind)| kind == LineKind::Comment;
        let block = self.lines.iter().rposition(has_key).or_else(|| self.lines.iter().position(is_comment));
        let Some(block) = block else {
            return Self { lines: std::mem::take(&mut self.lines) };
        };
        let behind = self.lines.iter().skip(block).position(|line| !is_comment(line));
        let has_keys = self.lines.iter().any(has_key);
        let length = match behind {
            Some(behind) => block + behind,
            // The comment reaches down to the first statement, and speaks of that unless it has a key.
            None if has_keys => self.lines.len(),
            None => 0,
        };
        Self { lines: self.lines.split_off(length) }
    }

    /// The place behind its last line.
    pub(super) fn end(&self) -> Option<u32> {
        self.lines.last().map(|(line, _)| line.next)
    }

    pub(super) fn read(&self, text: &str, part: Part) -> HeadReading {
        let mut reading = HeadReading::default();
        let comments = self.lines.iter().filter(|(_, kind)| *kind == LineKind::Comment);
        let entries = comments.filter_map(|(line, _)| {
            if let Some(allow) = allow(text, line.span) {
                reading.allows.push(allow);
                return None;
            }
            let inner = comment(text, line.span).filter(|inner| !inner.is_empty())?;
            Some((trim(text, line.span), Entry::read(text, inner)))
        });
        let entries: Vec<(Span, Entry)> = entries.collect();
        if let (Some((first, _)), Some((last, _))) = (entries.first(), entries.last()) {
            reading.read_entries(text, part, &entries, Header::new(Span::new(first.start, last.end)));
        }
        reading
    }
}

impl HeadReading {
    fn read_entries(&mut self, text: &str, part: Part, entries: &[(Span, Entry)], mut header: Header) {
        let mut problems = Vec::new();
        for &(line, entry) in entries {
            if let Entry::Key(key, value) = entry {
                problems.extend(header.set(text, key, value, line));
            }
        }
        if header.is_native() {
            self.problems.append(&mut problems);
        }
        for &(_, entry) in entries {
            match entry {
                Entry::Misspelt(meant, _, name) if header.misses(meant, part) => {
                    self.problems.push(FileProblem::new(name, FileProblemKind::MisspeltKey { meant }));
                }
                Entry::Misspelt(_, words, _) | Entry::Text(words) => header.offer_message(text, words),
                Entry::Key(..) => {}
            }
        }
        self.is_native = header.is_native();
        self.header = Some(header);
    }
}

impl Header {
    /// Takes in a line with a key, and says what is wrong with it.
    fn set(&mut self, text: &str, key: HeaderKey, value: Span, line: Span) -> Option<FileProblem> {
        if let Some(first) = self.line(key) {
            return Some(FileProblem::new(line, FileProblemKind::DuplicateKey { key, first }));
        }
        self.lines.push((key, line));
        match key {
            HeaderKey::Revision => self.revision = Some(Spanned::new(value.of(text).to_owned(), value)),
            HeaderKey::Revises => self.revises = list(text, value),
            HeaderKey::DependsOn => self.depends_on = list(text, value),
            HeaderKey::Labels => self.labels = list(text, value),
            HeaderKey::Created => {
                self.created = created(value.of(text)).map(|date| Spanned::new(date, value));
                if self.created.is_none() && !value.is_empty() {
                    return Some(FileProblem::new(value, FileProblemKind::InvalidDate));
                }
            }
        }
        None
    }

    /// Whether a slip of this key is an error: the key is not there, and the file is meant to have one.
    fn misses(&self, key: HeaderKey, part: Part) -> bool {
        let is_meant = self.is_native() || (key == HeaderKey::Revision && part != Part::Down);
        is_meant && self.line(key).is_none()
    }

    /// The first words that say anything are the message.
    fn offer_message(&mut self, text: &str, words: Span) {
        let is_wanted = self.message.value.is_empty() && words.of(text).contains(char::is_alphanumeric);
        if is_wanted {
            self.message = Spanned::new(words.of(text).to_owned(), words);
        }
    }
}

/// The parts of a value between its commas, without those that say nothing.
fn list(text: &str, value: Span) -> Vec<Spanned<String>> {
    let mut start = value.start;
    let mut parts = Vec::new();
    for part in value.of(text).split(',') {
        let span = trim(text, Span::new(start, start + part.len() as u32));
        if !span.is_empty() {
            parts.push(Spanned::new(span.of(text).to_owned(), span));
        }
        start += part.len() as u32 + 1;
    }
    parts
}
