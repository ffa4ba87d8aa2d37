use std::{iter::Peekable, str::Chars};

/// What `{:?}` shows, without what is false, empty or not there, and with names, types and pieces of SQL as they are
/// written.
pub(crate) fn brief(debug: &str) -> String {
    let mut letters = debug.chars().peekable();
    value(&mut letters).shown()
}

/// A value as `{:?}` shows it.
enum Value {
    /// A name, a number, a variant; with what it holds where that has no names.
    Tuple(String, Vec<Value>),
    Struct(String, Vec<(String, Value)>),
    List(Vec<Value>),
    Text(String),
}

fn value(letters: &mut Peekable<Chars<'_>>) -> Value {
    skip(letters, &[' ', ',', '\n']);
    match letters.peek() {
        Some('"') => Value::Text(text(letters)),
        Some('[') => Value::List(values(letters, ']')),
        Some('{') => Value::List(values(letters, '}')),
        Some('(') => Value::Tuple(String::new(), values(letters, ')')),
        _ => named(letters),
    }
}

fn named(letters: &mut Peekable<Chars<'_>>) -> Value {
    let name = word(letters);
    match letters.peek() {
        Some('(') => Value::Tuple(name, values(letters, ')')),
        Some(' ') => {
            let mut ahead = letters.clone();
            skip(&mut ahead, &[' ']);
            if ahead.peek() != Some(&'{') {
                return Value::Tuple(name, Vec::new());
            }
            *letters = ahead;
            Value::Struct(name, fields(letters))
        }
        _ => Value::Tuple(name, Vec::new()),
    }
}

fn fields(letters: &mut Peekable<Chars<'_>>) -> Vec<(String, Value)> {
    letters.next();
    let mut fields = Vec::new();
    loop {
        skip(letters, &[' ', ',']);
        if letters.peek() == Some(&'}') {
            letters.next();
            return fields;
        }
        let name = word(letters);
        skip(letters, &[':']);
        fields.push((name, value(letters)));
    }
}

fn values(letters: &mut Peekable<Chars<'_>>, end: char) -> Vec<Value> {
    letters.next();
    let mut values = Vec::new();
    loop {
        skip(letters, &[' ', ',', ':']);
        if letters.peek() == Some(&end) {
            letters.next();
            return values;
        }
        values.push(value(letters));
    }
}

fn word(letters: &mut Peekable<Chars<'_>>) -> String {
    let mut word = String::new();
    while let Some(letter) = letters.next_if(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
    {
        word.push(letter);
    }
    assert!(!word.is_empty(), "a word before {:?}", letters.collect::<String>());
    word
}

fn text(letters: &mut Peekable<Chars<'_>>) -> String {
    letters.next();
    let mut text = String::new();
    loop {
        match letters.next().expect("a text ends") {
            '"' => return text,
            '\\' => {
                let escaped = letters.next().expect("something is escaped");
                text.push(if escaped == 'n' { '\n' } else { escaped });
            }
            letter => text.push(letter),
        }
    }
}

fn skip(letters: &mut Peekable<Chars<'_>>, unwanted: &[char]) {
    while letters.next_if(|letter| unwanted.contains(letter)).is_some() {}
}

impl Value {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(values) => format!("[{}]", all(values)),
            Self::Tuple(name, values) => match (name.as_str(), values.as_slice()) {
                ("Some", [only]) => only.shown(),
                (_, []) => name.clone(),
                (name, [Self::Struct(inner, fields)]) if name == inner => shown_fields(name, fields),
                (name, values) => format!("{name}({})", all(values)),
            },
            Self::Struct(name, fields) => shown_fields(name, fields),
        }
    }

    /// Whether nothing is said by it.
    fn is_nothing(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(values) => values.is_empty(),
            Self::Tuple(name, values) => {
                matches!(name.as_str(), "Origin" | "None") || name == "false" && values.is_empty()
            }
            Self::Struct(name, fields) => {
                name == "Names" || name == "Reach" && fields.iter().all(|(_, value)| value.is_nothing())
            }
        }
    }
}

fn all(values: &[Value]) -> String {
    values.iter().map(Value::shown).collect::<Vec<_>>().join(", ")
}

fn shown_fields(name: &str, fields: &[(String, Value)]) -> String {
    let of = |wanted: &str| {
        let field = fields.iter().find(|(name, value)| name == wanted && !value.is_nothing());
        field.map(|(_, value)| value.shown())
    };
    match name {
        "Expression" | "Query" => format!("`{}`", of("sql").unwrap_or_default()),
        "ObjectName" | "QualifiedName" => {
            let schema = of("schema").map(|schema| format!("{schema}.")).unwrap_or_default();
            format!("{schema}{}", of("name").unwrap_or_default())
        }
        "DataType" => {
            let modifiers = of("modifiers").map(|list| format!("({})", list.trim_matches(['[', ']'])));
            let array = if of("array").is_some() { "[]" } else { "" };
            format!("{}{}{array}", of("name").unwrap_or_default(), modifiers.unwrap_or_default())
        }
        _ => {
            let said = fields.iter().filter(|(_, value)| !value.is_nothing());
            let said: Vec<_> = said.map(|(name, value)| format!("{name}: {}", value.shown())).collect();
            format!("{name} {{ {} }}", said.join(", "))
        }
    }
}
