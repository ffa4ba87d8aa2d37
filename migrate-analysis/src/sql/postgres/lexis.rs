use super::{
    super::{
        SplitProblemKind, Syntax,
        cursor::Cursor,
        scan::PieceKind,
        token::{Token, TokenKind},
    },
    body::Body,
};

/// PostgreSQL's tokens.
#[derive(Default)]
pub(in crate::sql) struct Postgres {
    body: Body,
    /// Whether the last token was a separator.
    separated: bool,
}

impl Syntax for Postgres {
    fn comment(&mut self, cursor: &mut Cursor<'_>) -> Option<PieceKind> {
        if cursor.starts_with("--") {
            cursor.skip_line(&['\n', '\r']);
            return Some(PieceKind::LineComment);
        }
        if cursor.starts_with("/*") {
            skip_nested_comment(cursor);
            return Some(PieceKind::BlockComment);
        }
        None
    }

    /// No token begins with a backslash, but every command of `psql` does.
    fn command(&mut self, cursor: &mut Cursor<'_>, _: bool) -> bool {
        let is_command = cursor.peek() == Some(b'\\');
        if is_command {
            cursor.skip_command();
        }
        is_command
    }

    fn token(&mut self, cursor: &mut Cursor<'_>) -> TokenKind {
        match cursor.peek() {
            Some(b'\'') => {
                cursor.skip_quoted(false, SplitProblemKind::UnterminatedString);
                TokenKind::String
            }
            Some(b'"') => {
                cursor.skip_quoted(false, SplitProblemKind::UnterminatedName);
                TokenKind::Name
            }
            Some(b'E' | b'e') if cursor.peek_after(1) == Some(b'\'') => {
                skip_escape_string(cursor);
                TokenKind::String
            }
            Some(b'$') if skip_dollar_quote(cursor) => TokenKind::String,
            Some(byte) if begins_word(byte) => {
                cursor.skip_while(in_word);
                TokenKind::Word
            }
            Some(b'0'..=b'9') => {
                cursor.skip_while(in_tag);
                TokenKind::Word
            }
            _ => {
                cursor.skip(1);
                TokenKind::Mark
            }
        }
    }

    fn separates(&mut self, token: Token<'_>) -> bool {
        self.body.take(token);
        self.separated = token.is_mark(";") && !self.body.is_inside();
        self.separated
    }

    fn close(&mut self, cursor: &mut Cursor<'_>) {
        if let Some(copy) = std::mem::take(&mut self.body).copy_from_stdin() {
            cursor.report(copy, SplitProblemKind::CopyFromStdin);
            if self.separated {
                skip_copy_rows(cursor);
            }
        }
    }
}

fn skip_nested_comment(cursor: &mut Cursor<'_>) {
    let start = cursor.at();
    cursor.skip(2);
    let mut depth = 1_usize;
    while depth > 0 {
        cursor.skip_while(|byte| !matches!(byte, b'/' | b'*'));
        if cursor.peek().is_none() {
            return cursor.report_mark(start, "/*", SplitProblemKind::UnterminatedComment);
        }
        if cursor.starts_with("/*") {
            cursor.skip(2);
            depth += 1;
        } else if cursor.starts_with("*/") {
            cursor.skip(2);
            depth -= 1;
        } else {
            cursor.skip(1);
        }
    }
}

/// `E'it\'s'`. A string may go on behind a line end, and that part has escapes as well.
fn skip_escape_string(cursor: &mut Cursor<'_>) {
    cursor.skip(1);
    cursor.skip_quoted(true, SplitProblemKind::UnterminatedString);
    while let Some(blanks) = continuation(cursor.rest()) {
        cursor.skip(blanks);
        cursor.skip_quoted(true, SplitProblemKind::UnterminatedString);
    }
}

/// How many bytes lie before the next part of a string, where the text goes on with one.
fn continuation(rest: &str) -> Option<usize> {
    let mut left = rest;
    let mut lines = false;
    loop {
        let trimmed = left.trim_ascii_start();
        let blanks = left.get(..left.len() - trimmed.len())?;
        lines |= blanks.contains(['\n', '\r']);
        if trimmed.starts_with('\'') {
            return lines.then_some(rest.len() - trimmed.len());
        }
        left = trimmed.strip_prefix("--").and_then(|comment| comment.get(comment.find(['\n', '\r'])?..))?;
    }
}

/// `$tag$ .. $tag$`. A digit begins no tag: `$1` is a parameter.
fn skip_dollar_quote(cursor: &mut Cursor<'_>) -> bool {
    let start = cursor.at();
    let rest = cursor.rest();
    let tag = rest.get(1..).unwrap_or_default();
    let length = tag.bytes().position(|byte| !in_tag(byte)).unwrap_or(tag.len());
    let is_quote =
        tag.as_bytes().get(length) == Some(&b'$') && !tag.starts_with(|first: char| first.is_ascii_digit());
    let Some(mark) = rest.get(..length + 2).filter(|_| is_quote) else {
        return false;
    };
    cursor.skip(mark.len());
    if !cursor.skip_past(mark) {
        cursor.report_mark(start, mark, SplitProblemKind::UnterminatedDollarQuote);
    }
    true
}

const fn in_tag(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

const fn begins_word(byte: u8) -> bool {
    in_tag(byte) && !byte.is_ascii_digit()
}

const fn in_word(byte: u8) -> bool {
    in_tag(byte) || byte == b'$'
}

/// Steps over the rows behind `COPY .. FROM STDIN;`: to the line `\.`, or to the end where there is none.
fn skip_copy_rows(cursor: &mut Cursor<'_>) {
    cursor.skip_line(&['\n']);
    while cursor.peek().is_some() {
        cursor.skip(1);
        let start = cursor.at();
        cursor.skip_line(&['\n']);
        if cursor.since(start).trim_end_matches('\r') == "\\." {
            return;
        }
    }
}
