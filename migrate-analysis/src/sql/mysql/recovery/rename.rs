use migrate_core::graph::Recovery;

use super::{super::super::phrase::Phrase, alter::renamed, statement::takes_if_exists};

/// How a `RENAME TABLE` is recovered. Both servers do all of it or nothing. `None` where that is not known, as of users.
pub(super) fn rename(phrase: &mut Phrase<'_>) -> Option<Recovery> {
    if !phrase.take_any(&["TABLE", "TABLES"]) {
        return None;
    }
    takes_if_exists(phrase);
    let mut tables = Vec::new();
    loop {
        let old = phrase.take_object_name()?;
        if phrase.take("WAIT") {
            phrase.step();
        }
        phrase.take("NOWAIT");
        if !phrase.take("TO") {
            return None;
        }
        tables.push((old, phrase.take_object_name()?));
        if !phrase.take_item() {
            return renamed(&tables);
        }
    }
}
