use migrate_core::Span;

use super::{SplitProblem, SplitProblemKind};

/// A place in a text, and the problems met on the way to it.
///
/// Every step ends on a character boundary: marks are ASCII, and all other bytes belong to words.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    problems: Vec<SplitProblem>,
}

impl<'t> Cursor<'t> {
    /// At the start of the section; the end of the section is the end of the text. A span that does not lie within
    /// the text is a section without text.
    pub(super) fn new(text: &'t str, section: Span) -> Self {
        let range = section.range();
        let text = text.get(..range.end).unwrap_or_default();
        let at = if text.is_char_boundary(range.start) { range.start } else { text.len() };
        Self { text, at, problems: Vec::new() }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.peek_after(0)
    }

    /// The byte so many bytes further on.
    pub(super) fn peek_after(&self, bytes: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + bytes).copied()
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn starts_with(&self, prefix: &str) -> bool {
        self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(prefix.as_bytes()))
    }

    /// Whether the next bytes are those of a keyword, in any case.
    pub(super) fn starts_with_keyword(&self, keyword: &str) -> bool {
        let bytes = self.text.as_bytes().get(self.at..self.at + keyword.len());
        bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(keyword.as_bytes()))
    }

    /// Whether nothing but blanks stands before this place on its line.
    pub(super) fn begins_line(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default().trim_end_matches([' ', '\t', '\u{feff}']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    }

    /// Steps over so many bytes.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = self.text.len().min(self.at + bytes);
    }

    /// Steps over the bytes that are wanted.
    pub(super) fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
    }

    /// Steps to the end of the line, and not over it.
    pub(super) fn skip_line(&mut self, ends: &[char]) {
        let rest = self.rest();
        self.at += rest.find(ends).unwrap_or(rest.len());
    }

    /// Steps over all up to and with the mark; to the end where there is none, and says so.
    pub(super) fn skip_past(&mut self, mark: &str) -> bool {
        let rest = self.rest();
        let found = rest.find(mark);
        self.at += found.map_or(rest.len(), |place| place + mark.len());
        found.is_some()
    }

    /// Steps over a quoted text that begins here. A doubled quote does not end it, nor, if `backslash`, does one
    /// after a backslash.
    pub(super) fn skip_quoted(&mut self, backslash: bool, unterminated: SplitProblemKind) {
        let Some(quote) = self.peek() else { return };
        let start = self.at;
        self.at += 1;
        loop {
            self.skip_while(|byte| byte != quote && !(backslash && byte == b'\\'));
            match (self.peek(), self.peek_after(1)) {
                (None, _) => {
                    return self.report(Span::new(offset(start), offset(start + 1)), unterminated);
                }
                (Some(byte), following) if byte != quote || following == Some(quote) => self.skip_pair(),
                _ => return self.at += 1,
            }
        }
    }

    /// Steps over a byte and the character after it.
    fn skip_pair(&mut self) {
        self.at += 1;
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// Steps over the rest of a line that is meant for a command-line client, and reports it.
    pub(super) fn skip_command(&mut self) {
        let start = self.at;
        self.skip_line(&['\n', '\r']);
        let command = self.since(start).trim_ascii_end();
        self.report_mark(start, command, SplitProblemKind::ClientCommand);
    }

    pub(super) fn report(&mut self, span: Span, kind: SplitProblemKind) {
        self.problems.push(SplitProblem { span, kind });
    }

    /// Reports what begins at `start` and is as long as `mark`.
    pub(super) fn report_mark(&mut self, start: usize, mark: &str, kind: SplitProblemKind) {
        self.report(Span::new(offset(start), offset(start + mark.len())), kind);
    }

    pub(super) fn last_problem(&self) -> Option<&SplitProblem> {
        self.problems.last()
    }

    pub(super) fn into_problems(self) -> Vec<SplitProblem> {
        self.problems
    }
}

/// An index as a span counts it. Longer texts are refused before they come here.
pub(super) fn offset(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
