use migrate_core::{Dialect, Span};

use super::{
    cursor::offset,
    scan::{PieceKind, Scan},
    token::{Token, TokenKind},
};

/// The words of a statement, to be asked for one after the other.
pub(super) struct Phrase<'t> {
    scan: Scan<'t>,
    next: Option<Token<'t>>,
}

impl<'t> Phrase<'t> {
    pub(super) fn new(statement: &'t str, dialect: Dialect) -> Self {
        let scan = Scan::new(statement, Span::new(0, offset(statement.len())), dialect);
        let mut phrase = Self { scan, next: None };
        phrase.step();
        phrase
    }

    /// Takes the next token.
    pub(super) fn step(&mut self) -> Option<Token<'t>> {
        let token = loop {
            match self.scan.next() {
                None => break None,
                Some(piece) => match piece.kind {
                    PieceKind::Token(TokenKind::Executable) => {}
                    PieceKind::Token(kind) | PieceKind::Separator(kind) => {
                        break Some(Token { kind, text: piece.text, span: piece.span });
                    }
                    PieceKind::LineComment | PieceKind::BlockComment | PieceKind::Command => {}
                },
            }
        };
        std::mem::replace(&mut self.next, token)
    }

    /// Whether this keyword comes next.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.next.is_some_and(|token| token.is(keyword))
    }

    /// Whether one of these keywords comes next.
    pub(super) fn is_any(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is(keyword))
    }

    /// Takes this keyword, where it comes next.
    pub(super) fn take(&mut self, keyword: &str) -> bool {
        self.take_any(&[keyword])
    }

    /// Takes one of these keywords, where it comes next.
    pub(super) fn take_any(&mut self, keywords: &[&str]) -> bool {
        let found = self.is_any(keywords);
        if found {
            self.step();
        }
        found
    }

    /// Takes these keywords, where they come next one after the other. A part of them may be taken in vain.
    pub(super) fn take_all(&mut self, keywords: &[&str]) -> bool {
        keywords.iter().all(|keyword| self.take(keyword))
    }

    /// Takes any number of opening parentheses.
    pub(super) fn take_parentheses(&mut self) {
        while self.next.is_some_and(|token| token.is_mark("(")) {
            self.step();
        }
    }

    /// Whether nothing comes any more.
    pub(super) fn is_over(&self) -> bool {
        self.next.is_none()
    }

    /// Whether `=` or `:=` comes next.
    pub(super) fn assigns(&self) -> bool {
        self.next.is_some_and(|token| token.is_mark("=") || token.is_mark(":"))
    }

    /// Whether this keyword stands anywhere in what is left. Takes all of it.
    pub(super) fn has(&mut self, keyword: &str) -> bool {
        std::iter::from_fn(|| self.step()).any(|token| token.is(keyword))
    }

    /// The same of several keywords.
    pub(super) fn has_any(&mut self, keywords: &[&str]) -> bool {
        std::iter::from_fn(|| self.step()).any(|token| keywords.iter().any(|keyword| token.is(keyword)))
    }

    /// Whether a comma stands anywhere in what is left. Takes all of it.
    pub(super) fn lists(&mut self) -> bool {
        std::iter::from_fn(|| self.step()).any(|token| token.is_mark(","))
    }
}
