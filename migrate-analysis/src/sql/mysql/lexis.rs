use super::{
    super::{
        SplitProblemKind, Syntax,
        cursor::Cursor,
        scan::PieceKind,
        token::{Token, TokenKind},
    },
    compound::Compound,
    delimiter::Delimiter,
};

/// The tokens of MySQL and MariaDB.
#[derive(Default)]
pub(in crate::sql) struct Mysql {
    delimiter: Delimiter,
    compound: Compound,
    /// Where the comments that run and are not closed yet begin.
    executable: Vec<usize>,
}

impl Syntax for Mysql {
    fn comment(&mut self, cursor: &mut Cursor<'_>) -> Option<PieceKind> {
        if self.is_at_delimiter(cursor) {
            return None;
        }
        if begins_line_comment(cursor) {
            cursor.skip_line(&['\n']);
            return Some(PieceKind::LineComment);
        }
        if cursor.starts_with("/*") && executable_mark(cursor.rest()).is_none() {
            let start = cursor.at();
            cursor.skip(2);
            if !cursor.skip_past("*/") {
                cursor.report_mark(start, "/*", SplitProblemKind::UnterminatedComment);
            }
            return Some(PieceKind::BlockComment);
        }
        None
    }

    fn command(&mut self, cursor: &mut Cursor<'_>, open: bool) -> bool {
        self.executable.is_empty() && self.delimiter.command(cursor, open)
    }

    fn token(&mut self, cursor: &mut Cursor<'_>) -> TokenKind {
        if self.is_at_delimiter(cursor) {
            cursor.skip(self.delimiter.len());
            return TokenKind::Delimiter;
        }
        match cursor.peek() {
            Some(b'\'' | b'"') => {
                cursor.skip_quoted(true, SplitProblemKind::UnterminatedString);
                TokenKind::String
            }
            Some(b'`') => {
                cursor.skip_quoted(false, SplitProblemKind::UnterminatedName);
                TokenKind::Name
            }
            Some(byte) if in_word(byte) => {
                self.skip_word(cursor);
                TokenKind::Word
            }
            _ => self.mark(cursor),
        }
    }

    fn separates(&mut self, token: Token<'_>) -> bool {
        if token.kind == TokenKind::Delimiter {
            return true;
        }
        let inside = self.compound.take(token, self.delimiter.is_set());
        token.is_mark(";") && self.executable.is_empty() && !inside
    }

    fn close(&mut self, cursor: &mut Cursor<'_>) {
        self.compound = Compound::default();
        for start in self.executable.drain(..) {
            cursor.report_mark(start, "/*!", SplitProblemKind::UnterminatedComment);
        }
    }
}

impl Mysql {
    /// A delimiter ends a word, because `$$` and `GO` are made of what words are made of.
    fn skip_word(&self, cursor: &mut Cursor<'_>) {
        if !self.delimiter.is_set() {
            return cursor.skip_while(in_word);
        }
        while cursor.peek().is_some_and(in_word) && !self.is_at_delimiter(cursor) {
            cursor.skip(1);
        }
    }

    fn is_at_delimiter(&self, cursor: &Cursor<'_>) -> bool {
        self.executable.is_empty() && self.delimiter.is_at(cursor)
    }

    fn mark(&mut self, cursor: &mut Cursor<'_>) -> TokenKind {
        if let Some(length) = executable_mark(cursor.rest()) {
            self.executable.push(cursor.at());
            cursor.skip(length);
            return TokenKind::Executable;
        }
        if cursor.starts_with("*/") && self.executable.pop().is_some() {
            cursor.skip(2);
            return TokenKind::Executable;
        }
        cursor.skip(1);
        TokenKind::Mark
    }
}

/// Two dashes need a blank or a control character behind them: `5--5` is a sum.
fn begins_line_comment(cursor: &Cursor<'_>) -> bool {
    cursor.peek() == Some(b'#')
        || (cursor.starts_with("--")
            && cursor.peek_after(2).is_none_or(|byte| byte == b' ' || byte.is_ascii_control()))
}

/// The length of the opening mark of a comment that runs: `/*!`, `/*M!` (MariaDB), with the version that it asks for.
///
/// No server has the version 99999 or 999999: such a comment is one.
fn executable_mark(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix("/*!").or_else(|| rest.strip_prefix("/*M!"))?;
    let length = tail.bytes().take(6).take_while(u8::is_ascii_digit).count();
    let version = tail.get(..length)?;
    let never = length >= 5 && version.bytes().all(|digit| digit == b'9');
    (!never).then_some(rest.len() - tail.len() + length)
}

const fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}
