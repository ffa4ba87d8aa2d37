use migrate_core::{Dialect, Name, ObjectName, Span};

use super::{
    cursor::offset,
    identifier::identifier,
    scan::{PieceKind, Scan},
    token::{Token, TokenKind},
};

/// The words of a statement, to be asked for one after the other.
pub(super) struct Phrase<'t> {
    scan: Scan<'t>,
    next: Option<Token<'t>>,
    dialect: Dialect,
}

impl<'t> Phrase<'t> {
    pub(super) fn new(statement: &'t str, dialect: Dialect) -> Self {
        let scan = Scan::new(statement, Span::new(0, offset(statement.len())), dialect);
        let mut phrase = Self { scan, next: None, dialect };
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

    /// Takes this mark, where it comes next.
    pub(super) fn take_mark(&mut self, mark: &str) -> bool {
        let found = self.is_mark(mark);
        if found {
            self.step();
        }
        found
    }

    /// Takes any number of opening parentheses.
    pub(super) fn take_parentheses(&mut self) {
        while self.take_mark("(") {}
    }

    /// Takes a name, in quotes or without. A string is one where its database has such quotes for names as well.
    pub(super) fn take_name(&mut self) -> Option<Name> {
        let token = self.next.filter(|token| match token.kind {
            TokenKind::Word | TokenKind::Name => true,
            TokenKind::String => token.text.starts_with('"'),
            TokenKind::Mark | TokenKind::Executable | TokenKind::Delimiter => false,
        })?;
        self.step();
        Some(identifier(token.text, self.dialect))
    }

    /// Takes the name of an object, perhaps with its schema.
    pub(super) fn take_object_name(&mut self) -> Option<ObjectName> {
        let first = self.take_name()?;
        if !self.take_mark(".") {
            return Some(ObjectName::bare(first));
        }
        Some(ObjectName { schema: Some(first), name: self.take_name()? })
    }

    /// Takes all up to the comma that ends an item of a list, and that; or up to the end, or the parenthesis that closes
    /// the list. Whether it was a comma.
    pub(super) fn take_item(&mut self) -> bool {
        let mut open = 0_usize;
        while let Some(token) = self.step() {
            if token.is_mark("(") {
                open += 1;
            } else if token.is_mark(")") {
                let Some(outer) = open.checked_sub(1) else { return false };
                open = outer;
            } else if open == 0 && token.is_mark(",") {
                return true;
            }
        }
        false
    }

    /// Whether this mark comes next.
    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.next.is_some_and(|token| token.is_mark(mark))
    }

    /// Whether nothing comes any more.
    pub(super) fn is_over(&self) -> bool {
        self.next.is_none()
    }

    /// Whether `=` or `:=` comes next.
    pub(super) fn assigns(&self) -> bool {
        self.is_mark("=") || self.is_mark(":")
    }

    /// Whether this keyword stands anywhere in what is left. Takes all up to it, and it.
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
