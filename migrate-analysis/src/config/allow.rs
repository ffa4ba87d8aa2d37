use migrate_core::Span;
use toml::de::DeTable;

use super::reader::{Reader, Value, span};
use crate::{
    rules::{
        self, Rule,
        file::{allow_without_reason, unknown_rule},
    },
    source::Spanned,
};

const EXAMPLE: &str = "[[allow]] rule = \"missing-down\", file = \"20251110_1230_add_tasks.sql\", reason = \"it shipped without one\"";
const KEYS: [&str; 4] = ["file", "reason", "revision", "rule"];

/// An entry of `[[allow]]`: silences one rule for a file that must not be touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowEntry {
    /// The rule, and where the entry names it.
    pub rule: Spanned<&'static Rule>,
    /// The file, relative to the migration directory.
    pub file: Option<String>,
    /// The revision, all of whose files are meant.
    pub revision: Option<String>,
    /// Why.
    pub reason: String,
}

impl AllowEntry {
    /// The file and the revision that it names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.file.iter().chain(&self.revision).map(String::as_str)
    }
}

pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) {
    for (at, table) in reader.tables("allow", value, EXAMPLE) {
        let entry = read_entry(reader, at, table);
        reader.config.allow.extend(entry);
    }
}

fn read_entry(reader: &mut Reader<'_>, at: Span, table: &DeTable<'_>) -> Option<AllowEntry> {
    for name in table.keys().filter(|name| !KEYS.contains(&name.get_ref().as_ref())) {
        let name = Spanned::new(name.get_ref().as_ref(), span(name.span()));
        reader.refuse_key(name, " in `[[allow]]`", KEYS);
    }
    let mut string = |key: &str| {
        let value = table.get(key)?;
        reader.string(&format!("allow.{key}"), value, &format!("{key} = \"..\""))
    };
    let (name, reason) = (string("rule"), string("reason"));
    let (file, revision) = (string("file"), string("revision"));
    let Some(name) = name else {
        if !table.contains_key("rule") {
            reader.refuse(at, "this `[[allow]]` names no rule", "add `rule = \"..\"`");
        }
        return None;
    };
    if !table.contains_key("file") && !table.contains_key("revision") {
        let help =
            "add `file = \"..\"` or `revision = \"..\"`; for the whole directory set the level in `[rules]`";
        reader.refuse(at, "this `[[allow]]` names neither a file nor a revision", help);
        return None;
    }
    let Some(rule) = rules::find(&name.value) else {
        reader.config.findings.push(unknown_rule::finding(reader.file, &name.value, name.span));
        return None;
    };
    let Some(reason) = reason else {
        if !table.contains_key("reason") {
            let finding = allow_without_reason::in_configuration(reader.file, rule.name, name.span);
            reader.config.findings.push(finding);
        }
        return None;
    };
    let value = |text: Spanned<String>| text.value;
    let rule = Spanned::new(rule, name.span);
    Some(AllowEntry { rule, file: file.map(value), revision: revision.map(value), reason: reason.value })
}
