//! What is taken from the text of a statement rather than from its tree.

use migrate_core::{Dialect, Name, Span};

use super::name::unquoted;
use crate::sql::{
    cursor::offset,
    scan::{Piece, PieceKind, Scan},
    token::TokenKind,
};

/// The words of a statement that may be names.
pub(super) fn words(text: &str) -> Vec<Name> {
    let mut names: Vec<Name> = tokens(text)
        .filter(|piece| matches!(piece.kind, PieceKind::Token(TokenKind::Word | TokenKind::Name)))
        .map(|piece| Name::caseless(&unquoted(piece.text)))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// All from this keyword on, or, if `behind`, all behind it: without comments, and with one space where there are
/// several. A keyword within parentheses is another one.
pub(super) fn from_keyword(text: &str, keyword: &str, behind: bool) -> String {
    let mut depth = 0_usize;
    let mut found = false;
    let mut end = 0;
    let mut taken = String::new();
    for piece in tokens(text) {
        if found {
            if !taken.is_empty() && piece.span.start > end {
                taken.push(' ');
            }
            taken.push_str(piece.text);
        } else if depth == 0 && piece.text.eq_ignore_ascii_case(keyword) {
            found = true;
            if !behind {
                taken.push_str(piece.text);
            }
        } else if piece.text == "(" {
            depth += 1;
        } else if piece.text == ")" {
            depth = depth.saturating_sub(1);
        }
        end = piece.span.end;
    }
    taken
}

/// The text of a statement without comments, and with one space where there are several.
pub(super) fn whole(text: &str) -> String {
    let mut whole = String::new();
    let mut end = 0;
    for piece in tokens(text) {
        if !whole.is_empty() && piece.span.start > end {
            whole.push(' ');
        }
        whole.push_str(piece.text);
        end = piece.span.end;
    }
    whole
}

/// Where a name stands in the statement for the first time, for messages about it.
pub(super) fn place(text: &str, name: &Name) -> Span {
    tokens(text)
        .find(|piece| Name::caseless(&unquoted(piece.text)) == *name)
        .or_else(|| tokens(text).next())
        .map_or(Span::new(0, 0), |piece| piece.span)
}

fn tokens(text: &str) -> impl Iterator<Item = Piece<'_>> {
    Scan::new(text, Span::new(0, offset(text.len())), Dialect::Sqlite)
        .filter(|piece| matches!(piece.kind, PieceKind::Token(_) | PieceKind::Separator(_)))
}
