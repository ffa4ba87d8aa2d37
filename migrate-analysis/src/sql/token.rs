use migrate_core::Span;

/// The smallest piece of SQL that is no blank and no comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind,
    pub(super) text: &'t str,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A keyword, a name without quotes, or a number.
    Word,
    /// A name in quotes.
    Name,
    /// A string, in whichever quotes.
    String,
    /// Any other single character.
    Mark,
    /// The beginning or the end of a comment that MySQL executes: `/*!40101`, `*/`.
    Executable,
    /// The delimiter that a `DELIMITER` command has set.
    Delimiter,
}

impl Token<'_> {
    /// Whether it is this keyword, in any case.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.text == mark
    }
}
