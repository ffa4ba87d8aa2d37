use migrate_core::Span;

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Without its line end.
    pub(super) span: Span,
    /// Where the next line starts.
    pub(super) next: u32,
}

/// The lines of a text from a place on. They end with LF, CRLF or CR alone.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: u32,
}

impl<'t> Lines<'t> {
    pub(super) const fn new(text: &'t str, at: u32) -> Self {
        Self { text, at }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.text.get(self.at as usize..).filter(|rest| !rest.is_empty())?;
        let (line, ending) = rest.split_at(rest.find(['\n', '\r']).unwrap_or(rest.len()));
        let ending = if ending.starts_with("\r\n") { 2 } else { ending.len().min(1) };
        let span = Span::new(self.at, self.at + line.len() as u32);
        self.at = span.end + ending as u32;
        Some(Line { span, next: self.at })
    }
}

/// What a line holds, as long as no SQL came before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    Blank,
    /// A comment that begins with two dashes.
    Comment,
    /// A comment in any other form: within `/*` and `*/`, or behind a `#`.
    Remark,
    Sql,
}

/// Tells what lines hold, one after the other.
#[derive(Default)]
pub(super) struct LineKinds {
    /// Whether a `/*` is open.
    open: bool,
    /// Whether no `*/` follows any more.
    unclosed: bool,
}

impl LineKinds {
    pub(super) fn kind(&mut self, text: &str, line: Line) -> LineKind {
        let words = line.span.of(text).trim_ascii();
        if self.open {
            return self.remark(words);
        }
        match words.strip_prefix("/*") {
            Some(inner) if self.closes(text, line) => self.remark(inner),
            _ if words.is_empty() => LineKind::Blank,
            _ if words.starts_with("--") => LineKind::Comment,
            _ if words.starts_with('#') => LineKind::Remark,
            _ => LineKind::Sql,
        }
    }

    /// A line within `/*` and `*/`, or what is left of it behind the `/*`.
    fn remark(&mut self, words: &str) -> LineKind {
        let behind = words.split_once("*/").map(|(_, behind)| behind.trim_ascii());
        self.open = behind.is_none();
        match behind {
            Some(behind) if !behind.is_empty() && !behind.starts_with("--") => LineKind::Sql,
            _ => LineKind::Remark,
        }
    }

    /// Whether the `/*` at the start of this line is closed. One that is not hides nothing.
    fn closes(&mut self, text: &str, line: Line) -> bool {
        let inner = trim(text, line.span).start as usize + 2;
        self.unclosed = self.unclosed || !text.get(inner..).is_some_and(|inner| inner.contains("*/"));
        !self.unclosed
    }
}

/// What a comment line says: what stands between the dashes and the end of the line, without blanks around it.
pub(super) fn comment(text: &str, line: Span) -> Option<Span> {
    let inner = trim(text, line);
    inner.of(text).starts_with("--").then(|| trim(text, Span::new(inner.start + 2, inner.end)))
}

/// The span without the blanks at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let trimmed = whole.trim_ascii_start();
    let from = span.start + (whole.len() - trimmed.len()) as u32;
    Span::new(from, from + trimmed.trim_ascii_end().len() as u32)
}
