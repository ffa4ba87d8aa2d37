use toml::de::{DeInteger, DeValue};

use super::reader::{Reader, Value, span};
use crate::{
    diagnostic::Diagnostic,
    rules::{self, LATEST_SET, Level, file::unknown_rule},
    source::Spanned,
};

/// `rules = 1`, or `[rules]` with a `set` and levels.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) {
    if let DeValue::Integer(number) = value.get_ref() {
        read_set(reader, "rules", number, value);
        return;
    }
    let Some(table) = value.get_ref().as_table() else {
        let help = "write `rules = 1`, or levels below `[rules]`";
        return reader.refuse(span(value.span()), "`rules` is neither a number nor a table", help);
    };
    for (name, value) in table {
        let name = Spanned::new(name.get_ref().as_ref(), span(name.span()));
        match value.get_ref() {
            DeValue::Integer(number) if name.value == "set" => read_set(reader, "rules.set", number, value),
            _ => read_level(reader, &name, value),
        }
    }
}

fn read_set(reader: &mut Reader<'_>, key: &str, number: &DeInteger<'_>, value: &Value<'_>) {
    let set = u32::from_str_radix(number.as_str(), number.radix()).ok();
    match set.filter(|set| (1..=LATEST_SET).contains(set)) {
        Some(set) => reader.config.rule_set = set,
        None => {
            let message = format!("there is no rule set {number}");
            reader.refuse(span(value.span()), message, format!("write `{key} = {LATEST_SET}`"));
        }
    }
}

fn read_level(reader: &mut Reader<'_>, name: &Spanned<&str>, value: &Value<'_>) {
    let Some(rule) = rules::find(name.value) else {
        let finding = unknown_rule::finding(reader.file, name.value, name.span);
        reader.config.findings.push(finding);
        return;
    };
    let levels = Level::ALL.map(|level| (level.name(), level));
    let Some(level) = reader.choice(&format!("rules.{}", rule.name), value, &levels) else { return };
    if rule.adjustable || level.value == Level::Deny {
        reader.config.levels.insert(rule.name, level.value);
        return;
    }
    let message = format!("the level of `{}` cannot be changed", rule.name);
    let finding = Diagnostic::new(rules::configuration::invalid_configuration::RULE.name, message)
        .at(reader.file, name.span, "")
        .help("remove it: what this rule finds can be neither built nor run");
    reader.config.findings.push(finding);
}
