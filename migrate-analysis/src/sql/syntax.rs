use migrate_core::{
    Dialect,
    graph::{Recovery, StatementKind},
};

use super::{
    cursor::Cursor,
    lowered::Lowered,
    mysql::Mysql,
    phrase::Phrase,
    postgres::Postgres,
    scan::PieceKind,
    sqlite::Sqlite,
    token::{Token, TokenKind},
};

/// What a scan has to know of one database's SQL, and where it stands in the statement that is open.
pub(super) trait Syntax {
    /// Steps over a comment, where one begins here, and says of which kind it is.
    fn comment(&mut self, cursor: &mut Cursor<'_>) -> Option<PieceKind>;

    /// Steps over a line that a command-line client takes for itself, where one begins here. `open` tells whether a
    /// statement has begun; the line ends it.
    fn command(&mut self, cursor: &mut Cursor<'_>, open: bool) -> bool;

    /// Steps over the token that begins here.
    fn token(&mut self, cursor: &mut Cursor<'_>) -> TokenKind;

    /// Takes notice of a token that was read, and tells whether it separates two statements.
    fn separates(&mut self, token: Token<'_>) -> bool;

    /// Forgets the statement that has ended: behind a separator or a command, or because the text is at its end.
    fn close(&mut self, cursor: &mut Cursor<'_>);
}

/// The syntax of a dialect, before any statement.
pub(super) fn syntax(dialect: Dialect) -> Box<dyn Syntax> {
    match dialect {
        Dialect::Sqlite => Box::<Sqlite>::default(),
        Dialect::Postgres => Box::<Postgres>::default(),
        Dialect::Mysql => Box::<Mysql>::default(),
    }
}

/// What the first words of a statement tell.
pub(super) fn kind(phrase: &mut Phrase<'_>, dialect: Dialect) -> StatementKind {
    match dialect {
        Dialect::Sqlite => super::sqlite::kind(phrase),
        Dialect::Postgres => super::postgres::kind(phrase),
        Dialect::Mysql => super::mysql::kind(phrase),
    }
}

/// How a statement is recovered.
pub(super) fn recovery(phrase: &mut Phrase<'_>, lowered: &Lowered, dialect: Dialect) -> Recovery {
    match dialect {
        Dialect::Sqlite => super::sqlite::recovery(phrase),
        Dialect::Postgres => super::postgres::recovery(phrase, lowered),
        Dialect::Mysql => super::mysql::recovery(phrase),
    }
}

/// Whether a statement is known to be one that the database runs in no transaction.
pub(super) fn refuses_transaction(phrase: &mut Phrase<'_>, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => super::postgres::refuses_transaction(phrase),
        // `VACUUM` alone on SQLite; on MySQL a statement commits what is open rather than refuse it.
        Dialect::Sqlite => phrase.is("VACUUM"),
        Dialect::Mysql => false,
    }
}
