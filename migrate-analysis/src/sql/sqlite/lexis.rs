use super::{
    super::{
        SplitProblemKind, Syntax,
        cursor::Cursor,
        scan::PieceKind,
        token::{Token, TokenKind},
    },
    trigger::Trigger,
};

/// SQLite's tokens.
#[derive(Default)]
pub(in crate::sql) struct Sqlite {
    trigger: Trigger,
}

impl Syntax for Sqlite {
    fn comment(&mut self, cursor: &mut Cursor<'_>) -> Option<PieceKind> {
        if cursor.starts_with("--") {
            cursor.skip_line(&['\n']);
            return Some(PieceKind::LineComment);
        }
        if cursor.starts_with("/*") {
            cursor.skip(2);
            // One that stays open reaches to the end of the text, and SQLite is content with that.
            cursor.skip_past("*/");
            return Some(PieceKind::BlockComment);
        }
        None
    }

    /// `.read` and the like: no statement begins with a dot.
    fn command(&mut self, cursor: &mut Cursor<'_>, open: bool) -> bool {
        let is_command = !open
            && cursor.peek() == Some(b'.')
            && cursor.peek_after(1).is_some_and(|byte| byte.is_ascii_alphabetic());
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
            Some(b'"' | b'`') => {
                cursor.skip_quoted(false, SplitProblemKind::UnterminatedName);
                TokenKind::Name
            }
            Some(b'[') => {
                let start = cursor.at();
                if !cursor.skip_past("]") {
                    cursor.report_mark(start, "[", SplitProblemKind::UnterminatedName);
                }
                TokenKind::Name
            }
            Some(byte) if in_word(byte) => {
                cursor.skip_while(in_word);
                TokenKind::Word
            }
            _ => {
                cursor.skip(1);
                TokenKind::Mark
            }
        }
    }

    fn separates(&mut self, token: Token<'_>) -> bool {
        self.trigger.take(token);
        token.is_mark(";") && !self.trigger.is_inside()
    }

    fn close(&mut self, _: &mut Cursor<'_>) {
        self.trigger = Trigger::default();
    }
}

const fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}
