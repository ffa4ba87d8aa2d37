use std::collections::BTreeSet;

use migrate_core::{Dialect, Name, ObjectName, Span, operation::Operation, schema::Reach};

use super::name::folded;
use crate::sql::{
    cursor::offset,
    scan::{Piece, PieceKind, Scan},
    token::TokenKind,
};

/// The operation of a statement that cannot be read: each word of it may be the name of something that it changes.
pub(super) fn opaque(text: &str) -> Operation {
    let mut reach = Reach::default();
    for piece in pieces(text) {
        add_words(&mut reach.names, &piece);
    }
    let mut beginning = pieces(text).map(|piece| piece.text.to_ascii_lowercase());
    let beginning = [beginning.next(), beginning.next()].map(Option::unwrap_or_default);
    // They make and drop what they do not name.
    let is_unlimited = matches!(beginning.each_ref().map(String::as_str), ["import", _] | ["drop", "owned"]);
    reach.everything = is_unlimited || reach.names.contains("cascade");
    unknown(reach)
}

/// A statement that may change these.
pub(super) fn unknown(mut reach: Reach) -> Operation {
    // That is where most objects lie: what is in it is known all the same.
    reach.names.remove("public");
    Operation::Opaque {
        names: reach.names.into_iter().collect(),
        patterns: reach.patterns.into_iter().collect(),
        everything: reach.everything,
    }
}

/// A statement of which no more is told than what it makes or drops.
pub(super) fn unknown_objects(objects: impl IntoIterator<Item = ObjectName>) -> Operation {
    let names = objects.into_iter().map(|object| object.name).collect();
    unknown(Reach { names, ..Reach::default() })
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
