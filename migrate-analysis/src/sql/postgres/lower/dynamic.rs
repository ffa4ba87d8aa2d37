//! Statements that a block puts together.

use crate::sql::{
    scan::{Piece, PieceKind},
    token::TokenKind,
};

/// What stands in a statement for a value that is not known: a letter that names can hold, and none does.
pub(super) const HOLE: char = '\u{e000}';

/// The statement that an expression puts together, with holes: `format('DROP TABLE %I', t)`,
/// `'DROP TABLE ' || quote_ident(t)`.
pub(super) fn template(argument: &[Piece<'_>]) -> String {
    let argument = match argument.iter().position(|piece| is_one_of(piece, &["into", "using"])) {
        Some(end) => argument.get(..end).unwrap_or_default(),
        None => argument,
    };
    match argument {
        [format, open, text, ..] if is_one_of(format, &["format"]) && open.text == "(" && is_string(text) => {
            formatted(&inner(text.text))
        }
        _ => joined(argument),
    }
}

/// Whether a token is one of these words.
pub(super) fn is_one_of(piece: &Piece<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| piece.text.eq_ignore_ascii_case(word))
}

/// `a || 'b' || c(d)`: what is no string is a hole.
fn joined(argument: &[Piece<'_>]) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut is_open = false;
    for piece in argument {
        match piece.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "|" if depth == 0 => {
                is_open = false;
                continue;
            }
            _ if depth == 0 && is_string(piece) => {
                text.push_str(&inner(piece.text));
                is_open = true;
                continue;
            }
            _ => {}
        }
        if !is_open {
            text.push(HOLE);
            is_open = true;
        }
    }
    text
}

/// A text of `format`, with a hole for each `%I`, `%s`, `%1$L`.
fn formatted(text: &str) -> String {
    let mut filled = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            filled.push(letter);
            continue;
        }
        match letters.find(|letter| letter.is_ascii_alphabetic() || *letter == '%') {
            Some('%') => filled.push('%'),
            _ => filled.push(HOLE),
        }
    }
    filled
}

/// Whether a token is a string.
pub(super) fn is_string(piece: &Piece<'_>) -> bool {
    matches!(piece.kind, PieceKind::Token(TokenKind::String))
}

/// What a string says.
fn inner(text: &str) -> String {
    if let Some(rest) = text.strip_prefix('$') {
        let body = rest.split_once('$').map_or("", |(_, body)| body);
        let body = body.rsplit_once('$').and_then(|(body, _)| body.rsplit_once('$'));
        return body.map_or("", |(body, _)| body).to_owned();
    }
    let text = text.trim_start_matches(['e', 'E']);
    let text = text.strip_prefix('\'').unwrap_or(text);
    text.strip_suffix('\'').unwrap_or(text).replace("''", "'")
}
