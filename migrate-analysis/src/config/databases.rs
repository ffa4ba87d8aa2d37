use std::fmt;

use migrate_core::Dialect;

use super::reader::{Reader, Value, span};
use crate::source::Spanned;

/// The version of a database server: up to three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerVersion([u32; 3]);

impl ServerVersion {
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = [0; 3];
        let mut places = numbers.iter_mut();
        for part in text.split('.') {
            // `parse` alone would take a sign.
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            *places.next()? = part.parse().ok().filter(|_| digits)?;
        }
        Some(Self(numbers))
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) {
    let names = reader.strings("databases", value, "databases = [\"postgres\"]");
    let mut databases = Vec::new();
    for name in names {
        let Some(dialect) = parse(reader, "databases", &name) else { continue };
        if databases.contains(&dialect) {
            reader.refuse(name.span, format!("`databases` names `{dialect}` twice"), "remove one of them");
            continue;
        }
        databases.push(dialect);
    }
    let names_nothing = value.get_ref().as_array().is_some_and(|array| array.is_empty());
    if names_nothing {
        reader.refuse(span(value.span()), "`databases` is empty", "write `databases = [\"postgres\"]`");
    }
    reader.config.databases = databases;
}

pub(super) fn dialect(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(name) = reader.string("dialect", value, "dialect = \"postgres\"") else { return };
    reader.config.dialect = parse(reader, "dialect", &name);
}

fn parse(reader: &mut Reader<'_>, key: &str, name: &Spanned<String>) -> Option<Dialect> {
    let dialect = name.value.parse().ok();
    if dialect.is_none() {
        reader.refuse_choice(key, name, Dialect::ALL.map(Dialect::name));
    }
    dialect
}

/// The oldest server version to serve.
pub(super) fn oldest(reader: &mut Reader<'_>, key: &'static str, value: &Value<'_>) {
    let example = format!("{key} = \"{}\"", if key == "sqlite" { "3.40" } else { "14" });
    let Some(text) = reader.string(key, value, &example) else { return };
    match ServerVersion::parse(&text.value) {
        Some(version) => {
            reader.config.oldest.insert(key, version);
        }
        None => {
            let message = format!("`{key}` is no version: {}", crate::diagnostic::quote(&text.value));
            reader.refuse(text.span, message, format!("write the oldest version to serve: `{example}`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ServerVersion;

    #[test]
    fn a_version_is_up_to_three_numbers() {
        assert_eq!(ServerVersion::parse("14"), Some(ServerVersion([14, 0, 0])));
        assert_eq!(ServerVersion::parse("10.6.4"), Some(ServerVersion([10, 6, 4])));
        for wrong in ["", "14.", "a", "1.2.3.4", "+1", "-1", "99999999999"] {
            assert_eq!(ServerVersion::parse(wrong), None, "{wrong}");
        }
    }
}
