use migrate_core::{Dialect, Name, Span};

use super::{
    cursor::offset,
    scan::{PieceKind, Scan},
    token::TokenKind,
};

/// What the database takes an identifier for: `text` as it is written, quotes among it.
pub(crate) fn identifier(text: &str, dialect: Dialect) -> Name {
    let quotes: &[(char, char)] = match dialect {
        Dialect::Postgres => &[('"', '"')],
        Dialect::Sqlite => &[('"', '"'), ('`', '`'), ('[', ']')],
        Dialect::Mysql => &[('`', '`'), ('"', '"')],
    };
    let unquoted = quotes.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        Some(inner.replace(&format!("{close}{close}"), &close.to_string()))
    });
    match (dialect, unquoted) {
        (Dialect::Postgres, Some(name)) => Name::exact(&name),
        (Dialect::Postgres, None) => Name::exact(&text.to_ascii_lowercase()),
        (_, name) => Name::caseless(name.as_deref().unwrap_or(text)),
    }
}

/// The words of a statement that may be names, each where it stands, in order. Keywords are among them.
pub(crate) fn identifiers(statement: &str, dialect: Dialect) -> impl Iterator<Item = (Name, Span)> {
    Scan::new(statement, Span::new(0, offset(statement.len())), dialect).filter_map(move |piece| {
        let is_name = matches!(piece.kind, PieceKind::Token(TokenKind::Word | TokenKind::Name));
        is_name.then(|| (identifier(piece.text, dialect), piece.span))
    })
}

#[cfg(test)]
mod tests {
    use migrate_core::{Dialect, Name};

    use super::{identifier, identifiers};

    #[test]
    fn identifiers_are_what_the_database_takes_them_for() {
        assert_eq!(identifier("Users", Dialect::Postgres), Name::exact("users"));
        assert_eq!(identifier("\"Us\"\"ers\"", Dialect::Postgres), Name::exact("Us\"ers"));
        assert_eq!(identifier("[Users]", Dialect::Sqlite), Name::caseless("USERS"));
        assert_eq!(identifier("`Users`", Dialect::Mysql), Name::caseless("users"));
    }

    #[test]
    fn strings_and_comments_hold_no_identifiers() {
        let text = "UPDATE a /* b */ SET \"c\" = 'd' -- e";
        let found: Vec<_> = identifiers(text, Dialect::Postgres).map(|(_, span)| span.of(text)).collect();
        assert_eq!(found, ["UPDATE", "a", "SET", "\"c\""]);
    }
}
