//! What the server calls the keys of an index, of which it makes the name of one that has none.

use super::name::joined;
use crate::{
    Name, QualifiedName,
    schema::{Expression, IndexKey, IndexTarget, Schema},
};

impl Schema {
    /// The keys as they stand in the name of an index. Where that cannot be told, names of that form become unknown.
    pub(super) fn key_names<'k>(
        &mut self,
        table: &QualifiedName,
        keys: impl Iterator<Item = &'k IndexKey>,
        include: &[Name],
        label: &str,
    ) -> String {
        let mut names: Vec<String> = Vec::new();
        let keys = keys.map(|key| match &key.target {
            IndexTarget::Column(column) => Some(column.to_string()),
            IndexTarget::Expression(expression) => called(expression),
        });
        for key in keys.chain(include.iter().map(|column| Some(column.to_string()))) {
            let key = key.unwrap_or_else(|| {
                self.unknown.patterns.push(format!("{}_*_{label}*", table.name));
                "expr".to_owned()
            });
            let numbers =
                (0..).map(|number| if number == 0 { key.clone() } else { format!("{key}{number}") });
            let free = numbers.into_iter().find(|name| !names.contains(name));
            names.extend(free);
        }
        joined(names.iter().map(String::as_str))
    }
}

/// Operators that are words.
const OPERATORS: [&str; 10] =
    ["and", "or", "not", "is", "in", "like", "ilike", "between", "similar", "isnull"];

/// What looks like a call of a function, and is called otherwise.
const SPECIAL: [&str; 9] =
    ["cast", "row", "array", "exists", "trim", "substring", "overlay", "position", "extract"];

/// What the server calls a value that is computed: a call by its function, a cast of a column by the column, `expr` what
/// has no name; `None` where that is not so simple.
fn called(expression: &Expression) -> Option<String> {
    let text = without_parentheses(expression.sql.trim());
    let outside = outside_of_parentheses(text)?;
    let outer = outside.to_ascii_lowercase();
    let mut words = outer.split(|letter: char| !is_word(letter));
    if outer.contains(" at time zone") || outer.starts_with("case") || outer.contains(['[', '"']) {
        return None;
    }
    let is_operator = |letter: char| "+-*/<>=~!@#%^&|?".contains(letter);
    if outer.contains(is_operator) || words.any(|word| OPERATORS.contains(&word)) {
        return Some("expr".to_owned());
    }
    if let Some((inner, _)) = outer.split_once("::") {
        let inner = inner.trim();
        return (!inner.is_empty() && inner.chars().all(is_word)).then(|| inner.to_owned());
    }
    let function = outer.strip_suffix("()")?;
    let function = function.rsplit('.').next()?.trim();
    let is_plain = !function.is_empty() && function.chars().all(is_word) && !SPECIAL.contains(&function);
    is_plain.then(|| function.to_owned())
}

const fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// The text without parentheses around all of it.
fn without_parentheses(mut text: &str) -> &str {
    while let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        let mut depth = 0_i32;
        let closes_early = inner.chars().any(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth < 0
        });
        if closes_early {
            break;
        }
        text = inner.trim();
    }
    text
}

/// The text with empty parentheses and without strings; `None` where it does not close what it opens.
fn outside_of_parentheses(text: &str) -> Option<String> {
    let mut outside = String::new();
    let (mut depth, mut quoted) = (0_usize, false);
    for letter in text.chars() {
        if letter == '\'' {
            quoted = !quoted;
        }
        if quoted || letter == '\'' {
            continue;
        }
        if letter == ')' {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            outside.push(letter);
        }
        if letter == '(' {
            depth += 1;
        }
    }
    (depth == 0 && !quoted).then_some(outside)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::called;
    use crate::schema::{Expression, Names};

    fn name(sql: &str) -> Option<String> {
        let sql: Arc<str> = sql.into();
        called(&Expression { canonical: Arc::clone(&sql), sql, names: Names::default(), exact: true })
    }

    #[test]
    fn keys_that_are_computed_have_the_name_of_what_computes_them() {
        assert_eq!(name("lower(email)").as_deref(), Some("lower"));
        assert_eq!(name("(lower((email)::text))").as_deref(), Some("lower"));
        assert_eq!(name("public.slug(title, 'a)')").as_deref(), Some("slug"));
        assert_eq!(name("email::text").as_deref(), Some("email"));
        assert_eq!(name("a || b").as_deref(), Some("expr"));
        assert_eq!(name("data ->> 'key'").as_deref(), Some("expr"));
        assert_eq!(name("lower(a) || lower(b)").as_deref(), Some("expr"));
        assert_eq!(name("(data ->> 'key')::integer"), None, "by the type");
        assert_eq!(name("CASE WHEN a THEN b END"), None);
        assert_eq!(name("created AT TIME ZONE 'UTC'"), None);
    }
}
