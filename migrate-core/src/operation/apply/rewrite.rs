//! Putting one name into the place of another in a text, where that can be done without a grammar.

use crate::Name;

/// The text with every identifier `from` replaced by `to`, which stands without quotes as it is `written`. `None` where the
/// text has quotes that one cannot tell apart without knowing more, so that nothing certain can be said of it.
pub(super) fn identifiers(text: &str, from: &Name, to: &Name, written: &str) -> Option<String> {
    replaced(text, |token| match token {
        Token::Plain(word) if word.to_ascii_lowercase() == from.identity() => Some(written.to_owned()),
        Token::Quoted(word) | Token::Ticked(word) if is_name(word, from) => Some(quoted(to)),
        _ => None,
    })
}

/// The text with every identifier `from` that stands before a dot replaced by `to`.
pub(super) fn qualifiers(text: &str, from: &Name, to: &Name) -> Option<String> {
    let tokens = tokens(text)?;
    let mut result = String::new();
    for (place, token) in tokens.iter().enumerate() {
        let before_dot = matches!(tokens.get(place + 1), Some(Token::Other('.')));
        let is_it = match token {
            Token::Plain(word) => word.to_ascii_lowercase() == from.identity(),
            Token::Quoted(word) | Token::Ticked(word) => is_name(word, from),
            Token::String(_) | Token::Other(_) => false,
        };
        if is_it && before_dot {
            result.push_str(&identifier(to));
        } else {
            token.write(&mut result);
        }
    }
    Some(result)
}

/// The text with every string that names `from`, perhaps with a schema before it, naming `to`: `nextval('ids')`.
pub(super) fn strings(text: &str, from: &Name, to: &Name) -> Option<String> {
    replaced(text, |token| match token {
        Token::String(inner) => {
            let (schema, name) = inner.rsplit_once('.').unwrap_or(("", inner));
            let bare = name.trim_matches('"');
            let dot = if schema.is_empty() { "" } else { "." };
            (bare == from.as_str()).then(|| format!("'{schema}{dot}{}'", identifier(to)))
        }
        _ => None,
    })
}

/// The text with every string `from` replaced by `to`.
pub(super) fn values(text: &str, from: &str, to: &str) -> Option<String> {
    replaced(text, |token| match token {
        Token::String(inner) if inner.replace("''", "'") == from => {
            Some(format!("'{}'", to.replace('\'', "''")))
        }
        _ => None,
    })
}

/// Whether the text has the string `value`, or cannot be told.
pub(super) fn may_contain(text: &str, value: &str) -> bool {
    let is_value =
        |token: &Token<'_>| matches!(token, Token::String(inner) if inner.replace("''", "'") == value);
    tokens(text).is_none_or(|tokens| tokens.iter().any(is_value))
}

fn replaced(text: &str, replacement: impl Fn(&Token<'_>) -> Option<String>) -> Option<String> {
    let mut result = String::new();
    for token in tokens(text)? {
        match replacement(&token) {
            Some(text) => result.push_str(&text),
            None => token.write(&mut result),
        }
    }
    Some(result)
}

enum Token<'t> {
    /// A word: an identifier, a keyword, a number.
    Plain(&'t str),
    /// What stands between double quotes.
    Quoted(&'t str),
    /// What stands between backticks.
    Ticked(&'t str),
    /// What stands between single quotes.
    String(&'t str),
    /// Anything else, a blank among it.
    Other(char),
}

impl Token<'_> {
    fn write(&self, result: &mut String) {
        let (quote, inner) = match self {
            Self::Plain(word) => ("", *word),
            Self::Quoted(inner) => ("\"", *inner),
            Self::Ticked(inner) => ("`", *inner),
            Self::String(inner) => ("'", *inner),
            Self::Other(other) => return result.push(*other),
        };
        result.push_str(quote);
        result.push_str(inner);
        result.push_str(quote);
    }
}

/// Cuts a text up. `None` where it has quotes that the databases do not agree on.
fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    if text.contains(['$', '\\']) || text.contains("--") || text.contains("/*") {
        return None;
    }
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) {
            let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            tokens.push(Token::Plain(rest.get(..end)?));
            end
        } else if matches!(first, '"' | '\'' | '`') {
            let end = quoted_end(rest, first)?;
            let inner = rest.get(1..end)?;
            tokens.push(match first {
                '"' => Token::Quoted(inner),
                '`' => Token::Ticked(inner),
                _ => Token::String(inner),
            });
            end + 1
        } else {
            tokens.push(Token::Other(first));
            first.len_utf8()
        };
        rest = rest.get(length..)?;
    }
    Some(tokens)
}

/// Where the quote that closes the one at the start stands; doubled quotes are part of what is quoted.
fn quoted_end(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((place, letter)) = letters.next() {
        if letter != quote {
            continue;
        }
        if letters.next_if(|(_, next)| *next == quote).is_none() {
            return Some(place);
        }
    }
    None
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_name(quoted: &str, name: &Name) -> bool {
    let inner = quoted.replace("\"\"", "\"");
    inner == name.as_str() || inner.to_ascii_lowercase() == name.identity()
}

/// A name as a canonical text has it: in quotes where it would be read as another without them.
pub(super) fn identifier(name: &Name) -> String {
    let is_plain = name.as_str() == name.as_str().to_ascii_lowercase()
        && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(is_word);
    if is_plain { name.to_string() } else { quoted(name) }
}

fn quoted(name: &Name) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{identifiers, qualifiers, strings, values};
    use crate::Name;

    #[test]
    fn only_identifiers_are_renamed() {
        let (from, to) = (Name::exact("a"), Name::exact("Big"));
        let renamed = identifiers(r#"a > 'a' AND x."a" = ab"#, &from, &to, "\"Big\"");
        assert_eq!(renamed.as_deref(), Some(r#""Big" > 'a' AND x."Big" = ab"#));
        assert_eq!(identifiers("a $$a$$", &from, &to, "\"Big\""), None, "dollars may quote");
    }

    #[test]
    fn sequences_are_named_in_strings() {
        let (from, to) = (Name::exact("ids"), Name::exact("keys"));
        let renamed = strings("nextval('app.ids'::regclass) + nextval('ids')", &from, &to);
        assert_eq!(renamed.as_deref(), Some("nextval('app.keys'::regclass) + nextval('keys')"));
    }

    #[test]
    fn schemas_stand_before_dots() {
        let (from, to) = (Name::exact("app"), Name::exact("web"));
        assert_eq!(qualifiers("app.f(app)", &from, &to).as_deref(), Some("web.f(app)"));
    }

    #[test]
    fn values_are_whole_strings() {
        assert_eq!(
            values("a IN ('x', 'xy', 'it''s')", "it's", "x'").as_deref(),
            Some("a IN ('x', 'xy', 'x''')")
        );
    }
}
