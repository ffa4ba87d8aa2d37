use std::collections::BTreeSet;

use migrate_core::{Dialect, Name, Span, operation::Operation};

use super::name::folded;
use crate::sql::{
    cursor::offset,
    scan::{Piece, PieceKind, Scan},
    token::TokenKind,
};

/// The operation of a statement that cannot be read: each word of it may be the name of something that it changes.
pub(super) fn opaque(text: &str) -> Operation {
    let mut words = BTreeSet::new();
    for piece in pieces(text) {
        add_words(&mut words, &piece);
    }
    let mut beginning = pieces(text).map(|piece| piece.text.to_ascii_lowercase());
    let begins_with = [beginning.next(), beginning.next()].map(Option::unwrap_or_default);
    // They make and drop what they do not name.
    let is_unlimited =
        matches!(begins_with.each_ref().map(String::as_str), ["import", _] | ["drop", "owned"]);
    let everything = is_unlimited || words.contains("cascade");
    unknown(words, everything)
}

/// A statement that may change objects of these names, or anything.
pub(super) fn unknown(mut words: BTreeSet<Name>, everything: bool) -> Operation {
    // That is where most objects lie: what is in it is known all the same.
    words.remove("public");
    Operation::Opaque { names: words.into_iter().collect(), everything }
}

/// The tokens of a text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let scan = Scan::new(text, Span::new(0, offset(text.len())), Dialect::Postgres);
    scan.filter(|piece| matches!(piece.kind, PieceKind::Token(_) | PieceKind::Separator(_)))
}

/// Adds the names that a token may be: within a string any word of it, as it is folded and as it stands there.
pub(super) fn add_words(words: &mut BTreeSet<Name>, piece: &Piece<'_>) {
    let (PieceKind::Token(kind) | PieceKind::Separator(kind)) = piece.kind else { return };
    match kind {
        TokenKind::Word if begins_with_digit(piece.text) => {}
        TokenKind::Word => words.extend(folded(&piece.text.to_ascii_lowercase())),
        TokenKind::Name => words.extend(folded(&piece.text.trim_matches('"').replace("\"\"", "\""))),
        TokenKind::String => {
            let inner = piece.text.split(|letter: char| !is_in_word(letter));
            for word in inner.filter(|word| !begins_with_digit(word)) {
                words.extend(folded(&word.to_ascii_lowercase()));
                words.extend(folded(word));
            }
            // Names with other letters in them stand between quotes.
            words.extend(piece.text.split('"').skip(1).step_by(2).filter_map(folded));
        }
        _ => {}
    }
}

const fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || !letter.is_ascii()
}

fn begins_with_digit(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}
