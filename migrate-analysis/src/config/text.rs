use migrate_core::graph::illegal_name;

use super::reader::{Reader, Value, list};
use crate::{diagnostic::quote, source::Spanned};

/// Longer prefixes would be cut by PostgreSQL, whose names have 63 bytes, once `_history` and the like are added.
const LONGEST_PREFIX: usize = 40;
/// The namespace is kept in a text column of this many bytes.
const LONGEST_NAMESPACE: usize = 255;
const PLACEHOLDERS: [&str; 9] = ["year", "month", "day", "hour", "minute", "second", "epoch", "slug", "id"];

pub(super) fn dir(reader: &mut Reader<'_>, value: &Value<'_>) {
    reader.config.dir = reader.string("dir", value, "dir = \"migrations\"");
}

pub(super) fn externals(reader: &mut Reader<'_>, value: &Value<'_>) {
    let patterns = reader.strings("externals", value, "externals = [\"auth.*\"]");
    for pattern in patterns {
        if is_pattern(&pattern.value) {
            reader.config.externals.push(pattern.value);
        } else {
            let message = format!("`externals` names no object: {}", quote(&pattern.value));
            let help = "write a name, with its schema where it has one; `*` stands for any text: \
                        `spatial_ref_sys`, `auth.*`, `pg_*`";
            reader.refuse(pattern.span, message, help);
        }
    }
}

/// Whether the text is `<name>` or `<schema>.<name>`. Names may hold what a database allows in quotes, but for a dot.
fn is_pattern(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.trim() == name
            && !name.contains(|c: char| c.is_control() || "();,".contains(c))
    };
    text.split('.').count() <= 2 && text.split('.').all(is_name)
}

pub(super) fn models(reader: &mut Reader<'_>, value: &Value<'_>) {
    let paths = reader.strings("models", value, "models = [\"src/models\"]");
    reader.config.models = paths.into_iter().map(|path| path.value).collect();
}

pub(super) fn hooks(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(table) = reader.table("hooks", value, "[hooks]") else { return };
    for (name, command) in table {
        let name = name.get_ref().as_ref();
        if let Some(command) =
            reader.string(&format!("hooks.{name}"), command, "format = \"sqlfluff fix {file}\"")
        {
            reader.config.hooks.insert(name.to_owned(), command.value);
        }
    }
}

pub(super) fn branches(reader: &mut Reader<'_>, value: &Value<'_>) {
    let labels = reader.strings("branches", value, "branches = [\"billing\"]");
    let legal = |label: &Spanned<String>| is_legal(reader, "branches", label);
    reader.config.branches = labels.into_iter().filter(legal).collect();
}

pub(super) fn baseline(reader: &mut Reader<'_>, value: &Value<'_>) {
    const EXAMPLE: &str = "baseline = \"abc123def456\"";
    let ids = if value.get_ref().is_array() {
        reader.strings("baseline", value, EXAMPLE)
    } else {
        reader.string("baseline", value, EXAMPLE).into_iter().collect()
    };
    let legal = |id: &Spanned<String>| is_legal(reader, "baseline", id);
    reader.config.baseline = ids.into_iter().filter(legal).collect();
}

fn is_legal(reader: &mut Reader<'_>, key: &str, name: &Spanned<String>) -> bool {
    let Some(reason) = illegal_name(&name.value) else { return true };
    let message = format!("`{key}` names {}, which cannot be: {reason}", quote(&name.value));
    reader.refuse(name.span, message, "write it as the migration files do");
    false
}

pub(super) fn namespace(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(name) = reader.string("namespace", value, "namespace = \"billing\"") else { return };
    let reason = if name.value.len() > LONGEST_NAMESPACE {
        "it is longer than 255 bytes"
    } else if name.value.chars().any(|character| character.is_whitespace() || character.is_control()) {
        "it has white space or a control character"
    } else {
        reader.config.namespace = name.value;
        return;
    };
    let message = format!("`namespace` cannot be {}: {reason}", quote(&name.value));
    reader.refuse(name.span, message, "write a short name such as `namespace = \"billing\"`");
}

pub(super) fn version_table(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(prefix) = reader.string("version-table", value, "version-table = \"migrate\"") else { return };
    let word = prefix.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let reason = if !word || prefix.value.starts_with(|first: char| first.is_ascii_digit()) {
        "it is no plain identifier"
    } else if prefix.value.len() > LONGEST_PREFIX {
        "it is longer than 40 bytes"
    } else {
        reader.config.version_table = prefix.value;
        return;
    };
    let message = format!("`version-table` cannot be {}: {reason}", quote(&prefix.value));
    let help = "it is the prefix of the tables `<prefix>_state`, `<prefix>_version`, `<prefix>_history`: letters, \
                digits and `_`";
    reader.refuse(prefix.span, message, help);
}

pub(super) fn schema(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(schema) = reader.string("schema", value, "schema = \"app\"") else { return };
    if schema.value.chars().any(char::is_control) {
        let message = format!("`schema` cannot be {}: it has a control character", quote(&schema.value));
        reader.refuse(schema.span, message, "write the name as the database knows it, without quotes");
        return;
    }
    reader.config.schema = Some(schema.value);
}

pub(super) fn timezone(reader: &mut Reader<'_>, value: &Value<'_>) {
    let example = "timezone = \"Europe/Berlin\"";
    let Some(zone) = reader.string("timezone", value, example) else { return };
    // Whether such a zone exists is for the machine to say that reads its clock.
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
    if !zone.value.bytes().all(legal) {
        let message = format!("`timezone` is no name of a time zone: {}", quote(&zone.value));
        reader.refuse(zone.span, message, format!("write `UTC` or a name such as `{example}`"));
        return;
    }
    reader.config.timezone = Some(zone.value);
}

pub(super) fn url(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(url) = reader.string("url", value, "url = \"env:DATABASE_URL\"") else { return };
    let legal = match url.value.strip_prefix("env:") {
        Some(name) => {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        }
        None => url.value.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)),
    };
    if legal {
        reader.config.url = Some(url.value);
        return;
    }
    // The value may hold a password: the snippet shows it where it stands anyway, but no message repeats it.
    let help = "write a URL such as `sqlite:app.db` or `postgres://localhost/app`, or the variable that holds it: \
                `env:DATABASE_URL`";
    reader.refuse(url.span, "`url` is neither a URL nor `env:NAME`", help);
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
}

pub(super) fn file_template(reader: &mut Reader<'_>, value: &Value<'_>) {
    let example = "file-template = \"{year}{month}{day}_{hour}{minute}_{slug}\"";
    let Some(template) = reader.string("file-template", value, example) else { return };
    let problem = match unknown_placeholder(&template.value) {
        Some(name) => format!("`file-template` has an unknown placeholder {}", quote(name)),
        None if !template.value.contains("{slug}") && !template.value.contains("{id}") => {
            "`file-template` gives two revisions one name: it has neither `{slug}` nor `{id}`".into()
        }
        None if template.value.contains(['/', '\\']) => "`file-template` has a path separator".into(),
        None if template.value.starts_with('.') => {
            "`file-template` makes hidden files, which are not read".into()
        }
        None => {
            reader.config.file_template = Some(template.value);
            return;
        }
    };
    reader.refuse(template.span, problem, format!("the placeholders are {}", list(PLACEHOLDERS)));
}

/// The first part in braces that stands for nothing, or the rest after a brace without its partner.
fn unknown_placeholder(template: &str) -> Option<&str> {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, next)) = after.split_once('}') else { return Some(after) };
        if !PLACEHOLDERS.contains(&name) {
            return Some(name);
        }
        rest = next;
    }
    None
}
