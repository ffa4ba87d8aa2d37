use migrate_core::{Dialect, Name, Span, schema::Object};

use super::{
    cursor::offset,
    identifier::identifier,
    scan::{PieceKind, Scan},
    token::TokenKind,
};

/// Where a statement names an object.
///
/// Trees do not tell it for every database, so that the name is looked for among the tokens. Where the table of a column
/// or the like has the same name, that one comes first.
pub(crate) fn locate(statement: &str, object: &Object, dialect: Dialect) -> Option<Span> {
    if let Object::EnumValue(_, value) = object {
        return locate_string(statement, value, dialect);
    }
    let name = as_known(object.name(), dialect);
    let is_after_owner = owner(object).is_some_and(|owner| as_known(owner, dialect) == name);
    let mut found = super::identifiers(statement, dialect).filter(|(known, _)| *known == name);
    let first = found.next()?;
    let second = if is_after_owner { found.next() } else { None };
    Some(second.unwrap_or(first).1)
}

/// The first words of a statement, for findings about all of it: its first line.
pub(crate) fn beginning(statement: &str) -> Span {
    let line = statement.lines().next().unwrap_or_default().trim_end();
    Span::new(0, offset(line.len()))
}

/// The names that a statement compares with a string, or sets to it: `a` in `SET a = 'value'`.
pub(crate) fn compared_with(statement: &str, value: &str, dialect: Dialect) -> Vec<Name> {
    let written = format!("'{}'", value.replace('\'', "''"));
    let scan = Scan::new(statement, Span::new(0, offset(statement.len())), dialect);
    let tokens: Vec<_> = scan.filter(|piece| matches!(piece.kind, PieceKind::Token(_))).collect();
    let compared = tokens.windows(3).filter_map(|window| match window {
        [name, equals, string] if equals.text == "=" && string.text == written => {
            let is_name = matches!(name.kind, PieceKind::Token(TokenKind::Word | TokenKind::Name));
            is_name.then(|| identifier(name.text, dialect))
        }
        _ => None,
    });
    compared.collect()
}

/// Whether a statement switches foreign keys on or off, as SQLite's `PRAGMA foreign_keys` does.
pub(crate) fn switches_foreign_keys(statement: &str, dialect: Dialect) -> bool {
    let mut names = super::identifiers(statement, dialect).map(|(name, _)| name);
    let is = |name: Option<Name>, word: &str| name.is_some_and(|name| name.identity() == word);
    let is_switch = dialect == Dialect::Sqlite
        && is(names.next(), "pragma")
        && is(names.next().filter(|name| name.identity() != "main").or_else(|| names.next()), "foreign_keys");
    is_switch && names.next().is_some()
}

/// The table of what is a part of one.
fn owner(object: &Object) -> Option<&str> {
    match object {
        Object::Column(table, _)
        | Object::Default(table, _)
        | Object::Constraint(table, _)
        | Object::Trigger(table, _)
        | Object::Policy(table, _)
        | Object::Index(_, Some(table)) => Some(&table.name),
        _ => None,
    }
}

fn as_known(name: &str, dialect: Dialect) -> Name {
    match dialect {
        Dialect::Postgres => Name::exact(name),
        Dialect::Sqlite | Dialect::Mysql => Name::caseless(name),
    }
}

/// Where a string of this value stands.
pub(crate) fn locate_string(statement: &str, value: &str, dialect: Dialect) -> Option<Span> {
    let written = format!("'{}'", value.replace('\'', "''"));
    let mut pieces = Scan::new(statement, Span::new(0, offset(statement.len())), dialect);
    let is_it = |kind, text: &str| matches!(kind, PieceKind::Token(TokenKind::String)) && text == written;
    pieces.find(|piece| is_it(piece.kind, piece.text)).map(|piece| piece.span)
}

#[cfg(test)]
mod tests {
    use migrate_core::{Dialect, Name, QualifiedName, schema::Object};

    use super::{beginning, compared_with, locate, switches_foreign_keys};

    fn column(table: &str, column: &str) -> Object {
        Object::Column(QualifiedName::new(Name::exact("public"), Name::exact(table)), Name::exact(column))
    }

    #[test]
    fn a_name_is_found_as_the_database_reads_it() {
        let text = "ALTER TABLE a -- b\n DROP COLUMN \"b\", DROP COLUMN B";
        let found = locate(text, &column("a", "b"), Dialect::Postgres).unwrap();
        assert_eq!((found.start, found.of(text)), (32, "\"b\""));
        assert_eq!(locate(text, &column("a", "B"), Dialect::Postgres), None);
    }

    #[test]
    fn a_column_called_as_its_table_comes_behind_it() {
        let text = "ALTER TABLE email DROP COLUMN email";
        assert_eq!(locate(text, &column("email", "email"), Dialect::Postgres).unwrap().start, 30);
        assert_eq!(
            locate("CREATE TABLE email", &column("email", "email"), Dialect::Sqlite).unwrap().start,
            13
        );
    }

    #[test]
    fn a_value_of_an_enum_is_a_string() {
        let name = QualifiedName::new(Name::exact("public"), Name::exact("mood"));
        let text = "ALTER TYPE mood ADD VALUE 'it''s'";
        let found = locate(text, &Object::EnumValue(name, "it's".into()), Dialect::Postgres).unwrap();
        assert_eq!(found.of(text), "'it''s'");
        assert_eq!(compared_with("UPDATE a SET b = 'c' WHERE d.\"B\"='c'", "c", Dialect::Postgres).len(), 2);
        assert_eq!(beginning("DROP TABLE\n a").of("DROP TABLE\n a"), "DROP TABLE");
    }

    #[test]
    fn a_switch_of_foreign_keys_sets_them() {
        let switches = |text| switches_foreign_keys(text, Dialect::Sqlite);
        assert!(switches("PRAGMA foreign_keys = OFF") && switches("pragma main.Foreign_Keys(0)"));
        assert!(!switches("PRAGMA foreign_keys") && !switches("PRAGMA foreign_key_check(a)"));
    }
}
