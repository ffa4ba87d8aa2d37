use migrate_core::{Dialect, Span};

use super::{
    scan::{PieceKind, Scan},
    token::TokenKind,
};

/// Tells of places in a script, from first to last, whether they lie within a string, a quoted name or a block
/// comment.
pub(crate) struct Enclosure<'t> {
    scan: Scan<'t>,
    /// The last of those read.
    last: Span,
    /// How far the script is read.
    read: u32,
}

impl<'t> Enclosure<'t> {
    pub(crate) fn new(text: &'t str, section: Span, dialect: Dialect) -> Self {
        Self { scan: Scan::new(text, section, dialect), last: Span::EMPTY, read: section.start }
    }

    /// Whether the place lies within one. What is never closed encloses nothing: whoever forgets a quote should not
    /// lose the rest of the file to it.
    pub(crate) fn covers(&mut self, place: u32) -> bool {
        while self.read <= place {
            let Some(piece) = self.scan.next() else { break };
            self.read = piece.span.end;
            let encloses = matches!(
                piece.kind,
                PieceKind::BlockComment | PieceKind::Token(TokenKind::String | TokenKind::Name)
            );
            if encloses && !self.scan.is_unterminated(&piece) {
                self.last = piece.span;
            }
        }
        self.last.start < place && place < self.last.end
    }
}
