use migrate_core::{Online, Span};
use toml::de::DeTable;

use super::{
    MacroWarnings, Transaction, allow, databases, environments, levels,
    reader::{Reader, Value, span},
    text,
};
use crate::source::{Layout, Spanned};

/// A key of the document.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Whether an environment may set it: those that say where the scripts run, and those that speak of the history,
    /// since an environment may have another directory.
    pub(super) in_environment: bool,
    pub(super) read: fn(&mut Reader<'_>, &Value<'_>),
}

const fn key(name: &'static str, read: fn(&mut Reader<'_>, &Value<'_>)) -> Key {
    Key { name, in_environment: false, read }
}

const fn environment_key(name: &'static str, read: fn(&mut Reader<'_>, &Value<'_>)) -> Key {
    Key { name, in_environment: true, read }
}

/// All keys, by name.
pub(super) const KEYS: &[Key] = &[
    environment_key("allow", allow::read),
    environment_key("baseline", text::baseline),
    environment_key("branches", text::branches),
    environment_key("databases", databases::read),
    environment_key("dialect", databases::dialect),
    environment_key("dir", text::dir),
    // Read after all others, because an environment is laid over them.
    key("environments", |_, _| ()),
    key("externals", text::externals),
    key("file-template", text::file_template),
    key("hooks", text::hooks),
    environment_key("layout", |reader, value| {
        reader.config.layout = reader.choice("layout", value, Layout::CHOICES);
    }),
    key("macro-warnings", |reader, value| {
        if let Some(choice) = reader.choice("macro-warnings", value, MacroWarnings::CHOICES) {
            reader.config.macro_warnings = choice.value;
        }
    }),
    environment_key("mariadb", |reader, value| databases::oldest(reader, "mariadb", value)),
    key("models", text::models),
    environment_key("mysql", |reader, value| databases::oldest(reader, "mysql", value)),
    environment_key("namespace", text::namespace),
    environment_key("online", |reader, value| {
        reader.config.online = reader.choice("online", value, Online::CHOICES).map(|choice| choice.value);
    }),
    environment_key("postgres", |reader, value| databases::oldest(reader, "postgres", value)),
    key("rules", levels::read),
    environment_key("schema", text::schema),
    environment_key("sqlite", |reader, value| databases::oldest(reader, "sqlite", value)),
    key("timezone", text::timezone),
    environment_key("transaction", |reader, value| {
        reader.config.transaction = reader.choice("transaction", value, Transaction::CHOICES);
    }),
    environment_key("url", text::url),
    environment_key("version-table", text::version_table),
];

/// Reads the whole file into the reader's configuration.
pub(super) fn read_document(reader: &mut Reader<'_>) {
    let file = reader.file;
    // The first error alone: what the parser says after it is about what it made of the first.
    let document = match DeTable::parse(file.text()) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().map_or(Span::EMPTY, span);
            let message = format!("`migrate.toml` is not TOML: {}", error.message());
            return reader.refuse(at, message, "https://toml.io explains the format");
        }
    };
    let document = document.get_ref();
    for (name, value) in document {
        match KEYS.iter().find(|key| key.name == name.get_ref().as_ref()) {
            Some(key) => (key.read)(reader, value),
            None => {
                let name = Spanned::new(name.get_ref().as_ref(), span(name.span()));
                reader.refuse_key(name, "", KEYS.iter().map(|key| key.name));
            }
        }
    }
    if let Some(value) = document.get("environments") {
        environments::read(reader, value);
    }
}
