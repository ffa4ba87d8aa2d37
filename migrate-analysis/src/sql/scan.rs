use migrate_core::{Dialect, Span};

use super::{
    SplitProblem, Syntax,
    cursor::{Cursor, offset},
    syntax::syntax,
    token::{Token, TokenKind},
};

/// Reads a script piece by piece.
pub(super) struct Scan<'t> {
    cursor: Cursor<'t>,
    syntax: Box<dyn Syntax>,
    open: bool,
}

/// A comment, a command, a token or a separator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    pub(super) kind: PieceKind,
    pub(super) text: &'t str,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A comment to the end of its line.
    LineComment,
    /// A comment between marks.
    BlockComment,
    /// A line that a command-line client takes for itself; it ends the statement.
    Command,
    /// A part of a statement.
    Token(TokenKind),
    /// What ends a statement.
    Separator(TokenKind),
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, section: Span, dialect: Dialect) -> Self {
        Self { cursor: Cursor::new(text, section), syntax: syntax(dialect), open: false }
    }

    /// Whether the last piece was never closed, and so reaches to the end of the text.
    pub(super) fn is_unterminated(&self, piece: &Piece<'_>) -> bool {
        let is_open_comment = piece.kind == PieceKind::BlockComment && !piece.text.ends_with("*/");
        is_open_comment
            || self.cursor.last_problem().is_some_and(|problem| problem.span.start >= piece.span.start)
    }

    /// The problems met, once all is read.
    pub(super) fn finish(mut self) -> Vec<SplitProblem> {
        self.syntax.close(&mut self.cursor);
        self.cursor.into_problems()
    }

    fn piece_kind(&mut self, start: usize) -> PieceKind {
        if let Some(comment) = self.syntax.comment(&mut self.cursor) {
            return comment;
        }
        if self.syntax.command(&mut self.cursor, self.open) {
            self.close();
            return PieceKind::Command;
        }
        let kind = self.syntax.token(&mut self.cursor);
        let token = Token { kind, text: self.cursor.since(start), span: self.span(start) };
        if self.syntax.separates(token) {
            return PieceKind::Separator(kind);
        }
        self.open = true;
        PieceKind::Token(kind)
    }

    fn span(&self, start: usize) -> Span {
        Span::new(offset(start), offset(self.cursor.at()))
    }

    fn close(&mut self) {
        self.syntax.close(&mut self.cursor);
        self.open = false;
    }
}

impl<'t> Iterator for Scan<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if self.cursor.at() == 0 && self.cursor.starts_with("\u{feff}") {
            self.cursor.skip('\u{feff}'.len_utf8());
        }
        self.cursor.skip_while(is_blank);
        let start = self.cursor.at();
        self.cursor.peek()?;
        let kind = self.piece_kind(start);
        let text = self.cursor.since(start);
        let span = self.span(start);
        if let PieceKind::Separator(_) = kind {
            self.close();
        }
        Some(Piece { kind, text, span })
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0b' | b'\x0c')
}
