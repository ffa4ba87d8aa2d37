use std::{ops::Range, sync::Arc};

use migrate_core::{Span, did_you_mean};
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::configuration::invalid_configuration::RULE,
    source::{SourceFile, Spanned},
};

/// A value of the document with its place.
pub(super) type Value<'i> = toml::Spanned<DeValue<'i>>;

/// Fills a [`Config`] from a document, and collects everything that is wrong with it.
pub(super) struct Reader<'f> {
    pub(super) file: &'f Arc<SourceFile>,
    pub(super) config: Config,
}

/// The bytes of a part of the document.
pub(super) fn span(range: Range<usize>) -> Span {
    Span::new(range.start as u32, range.end as u32)
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f Arc<SourceFile>) -> Self {
        Self { file, config: Config { file: Some(Arc::clone(file)), ..Config::default() } }
    }

    pub(super) fn finish(mut self) -> Config {
        self.config.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.config
    }

    /// Something is wrong with these bytes.
    pub(super) fn refuse(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        let finding = Diagnostic::new(RULE.name, message).at(self.file, at, "").help(help);
        self.config.findings.push(finding);
    }

    /// A key that is none of the known ones.
    pub(super) fn refuse_key<'k>(
        &mut self,
        key: Spanned<&str>,
        within: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let message = format!("unknown key {}{within}", quote(key.value));
        let finding = Diagnostic::new(RULE.name, message).at(self.file, key.span, "");
        self.config.findings.push(match did_you_mean(key.value, known.clone()) {
            Some(meant) => finding.fix(format!("did you mean `{meant}`?"), self.file, key.span, meant),
            None => finding.help(format!("the keys are {}", list(known))),
        });
    }

    fn refuse_type(&mut self, key: &str, value: &Value<'_>, expected: &str, example: &str) {
        let message = format!("`{key}` is {expected}, not {}", type_name(value.get_ref()));
        self.refuse(span(value.span()), message, format!("write `{example}`"));
    }

    /// A string that is not empty.
    pub(super) fn string(&mut self, key: &str, value: &Value<'_>, example: &str) -> Option<Spanned<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.refuse_type(key, value, "a string", example);
            return None;
        };
        if text.is_empty() {
            self.refuse(span(value.span()), format!("`{key}` is empty"), format!("write `{example}`"));
            return None;
        }
        Some(Spanned::new(text.to_owned(), span(value.span())))
    }

    /// An array of strings that are not empty.
    pub(super) fn strings(&mut self, key: &str, value: &Value<'_>, example: &str) -> Vec<Spanned<String>> {
        let Some(array) = value.get_ref().as_array() else {
            self.refuse_type(key, value, "an array of strings", example);
            return Vec::new();
        };
        array.iter().filter_map(|item| self.string(key, item, example)).collect()
    }

    /// A table.
    pub(super) fn table<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v Value<'i>,
        example: &str,
    ) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.refuse_type(key, value, "a table", example);
        }
        table
    }

    /// An array of tables.
    pub(super) fn tables<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v Value<'i>,
        example: &str,
    ) -> Vec<(Span, &'v DeTable<'i>)> {
        let Some(array) = value.get_ref().as_array() else {
            self.refuse_type(key, value, "an array of tables", example);
            return Vec::new();
        };
        let tables = array.iter().filter_map(|item| {
            let table = self.table(key, item, example)?;
            Some((span(item.span()), table))
        });
        tables.collect()
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        choices: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let words = choices.iter().map(|(word, _)| *word);
        let example = format!("{key} = \"{}\"", words.clone().next().unwrap_or_default());
        let word = self.string(key, value, &example)?;
        let choice = choices.iter().find(|(name, _)| *name == word.value);
        if choice.is_none() {
            self.refuse_choice(key, &word, words);
        }
        choice.map(|&(_, choice)| Spanned::new(choice, word.span))
    }

    /// A word that is none of those possible.
    pub(super) fn refuse_choice<'w>(
        &mut self,
        key: &str,
        word: &Spanned<String>,
        words: impl IntoIterator<Item = &'w str> + Clone,
    ) {
        let message = format!("`{key}` cannot be {}", quote(&word.value));
        let finding = Diagnostic::new(RULE.name, message).at(self.file, word.span, "");
        self.config.findings.push(match did_you_mean(&word.value, words.clone()) {
            Some(meant) => {
                let title = format!("did you mean `{meant}`?");
                finding.fix(title, self.file, word.span, format!("\"{meant}\""))
            }
            None => finding.help(format!("write one of {}", list(words))),
        });
    }
}

/// The words in backticks, with commas.
pub(super) fn list<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
