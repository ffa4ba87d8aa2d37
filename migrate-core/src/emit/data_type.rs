use super::{spelling::Spelling, spelling::list};
use crate::schema::DataType;

impl Spelling {
    /// A type.
    pub(crate) fn data_type(self, data_type: &DataType) -> String {
        let name = match &data_type.name.schema {
            Some(_) => self.object(&data_type.name),
            // Built-in names have blanks and quotes of their own, and mean something else within quotes.
            None if is_built_in(&data_type.name.name) => data_type.name.name.to_string(),
            None => self.name(&data_type.name.name),
        };
        let array = if data_type.array { "[]" } else { "" };
        format!("{}{array}", with_modifiers(&name, &data_type.modifiers))
    }
}

/// Whether all letters are such as the spellings of built-in types have. Names of other types may be such as well; they
/// need no quotes then.
fn is_built_in(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' ');
    name == "\"char\""
        || (name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && name.bytes().all(plain)
            && !name.bytes().any(|byte| byte.is_ascii_uppercase()))
}

/// What stands in parentheses stands behind the first word of `timestamp with time zone`; the fields of an interval
/// stand in none.
fn with_modifiers(name: &str, modifiers: &[String]) -> String {
    if modifiers.is_empty() {
        return name.to_owned();
    }
    if name == "interval" {
        return modifiers.iter().fold(name.to_owned(), |text, modifier| {
            if modifier.bytes().all(|byte| byte.is_ascii_digit()) {
                format!("{text}({modifier})")
            } else {
                format!("{text} {modifier}")
            }
        });
    }
    let inner = list(modifiers.iter().cloned());
    match name.split_once(' ') {
        Some((word, zone)) if zone.ends_with("time zone") => format!("{word}({inner}) {zone}"),
        _ => format!("{name}({inner})"),
    }
}
