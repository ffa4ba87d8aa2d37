use migrate_core::Span;
use sqlite3_parser::lexer::sql::{Error, ParserError};

use super::verbatim::words;
use crate::sql::{cursor::offset, lowered::GrammarError};

/// What SQLite itself would refuse, where the parser's refusal is certainly SQLite's own.
pub(super) fn problem(error: &Error, text: &str) -> Option<GrammarError> {
    let (message, place, length) = match error {
        Error::ParserError(ParserError::UnexpectedEof, _) => {
            return Some(GrammarError {
                span: last_character(text),
                message: "the statement is not complete".to_owned(),
            });
        }
        Error::ParserError(ParserError::SyntaxError(near), place) => {
            (format!("`{near}` is not expected here"), place, near.len())
        }
        Error::ParserError(ParserError::Custom(message), place) => (custom(message, text)?, place, 1),
        Error::UnrecognizedToken(place) => ("no token begins like this".to_owned(), place, 1),
        Error::ExpectedEqualsSign(place) => ("`!` stands before `=` alone".to_owned(), place, 1),
        Error::BadNumber(place) | Error::MalformedHexInteger(place) => {
            ("this is no number".to_owned(), place, 1)
        }
        Error::MalformedBlobLiteral(place) => {
            ("a blob has an even number of hexadecimal digits".to_owned(), place, 1)
        }
        _ => return None,
    };
    let start = place.as_ref().map_or(0, |place| index(place.line, place.column, text));
    let end = text.ceil_char_boundary((start + length.max(1)).min(text.len()));
    Some(GrammarError { span: Span::new(offset(start), offset(end)), message })
}

/// The parser has some checks of its own, of which SQLite shares only these.
fn custom(message: &str, text: &str) -> Option<String> {
    if let Some(column) = message.strip_prefix("duplicate column name: ") {
        // `IF NOT EXISTS`, and it exists: SQLite does not look any further.
        if words(text).iter().any(|word| word.identity() == "exists") {
            return None;
        }
        return Some(format!("column `{}` is declared twice", super::name::unquoted(column)));
    }
    let shared = [
        "a NATURAL join may not have an ON or USING clause",
        "a JOIN clause is required before ON",
        "unknown join type",
        "unknown table option",
        "cannot use RETURNING in a trigger",
    ];
    shared.iter().any(|start| message.starts_with(start)).then(|| message.to_owned())
}

fn last_character(text: &str) -> Span {
    let start = text.char_indices().next_back().map_or(0, |(start, _)| start);
    Span::new(offset(start), offset(text.len()))
}

/// The parser counts lines and, in bytes, columns, both from one.
fn index(line: usize, column: usize, text: &str) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((before + column.saturating_sub(1)).min(text.len()))
}
