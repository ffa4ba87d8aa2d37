use toml::de::DeTable;

use super::{
    keys::KEYS,
    reader::{Reader, Value, span},
};
use crate::{diagnostic::quote, source::Spanned};

const EXAMPLE: &str = "[environments.staging]";

/// `[environments.<name>]`: each is the whole configuration with its own keys laid over it.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(environments) = reader.table("environments", value, EXAMPLE) else { return };
    for (name, value) in environments {
        let name = name.get_ref().as_ref();
        if let Some(table) = reader.table(&format!("environments.{name}"), value, EXAMPLE) {
            read_one(reader, name, table);
        }
    }
}

fn read_one(reader: &mut Reader<'_>, name: &str, table: &DeTable<'_>) {
    let mut overlay = Reader { file: reader.file, config: reader.config.clone() };
    overlay.config.environments.clear();
    overlay.config.findings.clear();
    if table.contains_key("dir") {
        // These speak of the files and revisions of one directory.
        overlay.config.allow.clear();
        overlay.config.baseline.clear();
        overlay.config.branches.clear();
        overlay.config.layout = None;
    }
    let allowed = || KEYS.iter().filter(|key| key.in_environment);
    for (key, value) in table {
        let key = Spanned::new(key.get_ref().as_ref(), span(key.span()));
        if let Some(known) = allowed().find(|known| known.name == key.value) {
            (known.read)(&mut overlay, value);
        } else if KEYS.iter().any(|known| known.name == key.value) {
            let message = format!("an environment cannot set {}", quote(key.value));
            overlay.refuse(key.span, message, "move it to the top of the file: it holds everywhere");
        } else {
            let within = format!(" in `[environments.{name}]`");
            overlay.refuse_key(key, &within, allowed().map(|known| known.name));
        }
    }
    reader.config.findings.append(&mut overlay.config.findings);
    reader.config.environments.insert(name.to_owned(), overlay.config);
}
