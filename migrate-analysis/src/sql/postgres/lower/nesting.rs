use migrate_core::{Dialect, Span};

use crate::sql::{
    cursor::offset,
    scan::{PieceKind, Scan},
    token::TokenKind,
};

/// How deep a tree may be, as it is estimated here. The parser calls itself for each level, and threads with a stack of
/// 2 MiB overflowed at three times this depth, in a build without optimisation.
const DEEPEST: usize = 3000;
/// What an operator or a keyword of a query counts: it makes a level.
const OPERATOR: usize = 5;
/// What any other word counts.
const WORD: usize = 1;
/// How many brackets and the like may stand one within another.
const MOST_BRACKETS: usize = 50;
/// How long a statement may be, in bytes.
const LONGEST: usize = 4 << 20;

/// Keywords that make their statement's tree deeper, one within the other, without a bracket.
const NESTING: [&str; 21] = [
    "and",
    "at",
    "between",
    "collate",
    "else",
    "except",
    "explain",
    "ilike",
    "in",
    "intersect",
    "is",
    "isnull",
    "join",
    "like",
    "not",
    "notnull",
    "or",
    "overlaps",
    "select",
    "similar",
    "union",
];

/// Whether the tree of a statement may be too deep to be read safely.
///
/// What stands between two commas of one pair of parentheses counts as if each operator stood within the one before
/// it, which is more than any tree is deep.
pub(super) fn is_too_deep(text: &str) -> bool {
    if text.len() > LONGEST {
        return true;
    }
    let mut open = vec![0_usize];
    let mut depth = 0_usize;
    for piece in Scan::new(text, Span::new(0, offset(text.len())), Dialect::Postgres) {
        let (PieceKind::Token(kind) | PieceKind::Separator(kind)) = piece.kind else {
            if piece.kind == PieceKind::Command {
                // The parser does not know them, and reads on in their line.
                return true;
            }
            continue;
        };
        let opens = matches!(piece.text, "(" | "[") || piece.text.eq_ignore_ascii_case("case");
        let closes = matches!(piece.text, ")" | "]") || piece.text.eq_ignore_ascii_case("end");
        if closes && open.len() > 1 {
            depth -= open.pop().unwrap_or_default();
        } else if let (Some(innermost), "," | ";") = (open.last_mut(), piece.text) {
            depth -= std::mem::take(innermost);
        }
        if let Some(innermost) = open.last_mut() {
            let weight = weight(kind, piece.text);
            *innermost += weight;
            depth += weight;
        }
        if opens {
            open.push(0);
        }
        if depth > DEEPEST || open.len() > MOST_BRACKETS {
            return true;
        }
    }
    false
}

fn weight(kind: TokenKind, text: &str) -> usize {
    match kind {
        TokenKind::Mark if matches!(text, "," | ";" | ")" | "]") => 0,
        TokenKind::Mark => OPERATOR,
        TokenKind::Word if NESTING.iter().any(|word| text.eq_ignore_ascii_case(word)) => OPERATOR,
        TokenKind::Word => WORD,
        _ => 0,
    }
}
