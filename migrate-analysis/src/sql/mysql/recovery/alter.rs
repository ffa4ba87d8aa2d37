use migrate_core::{
    ObjectName,
    graph::{Change, ObjectKind, Recovery},
};

use super::{
    super::{super::phrase::Phrase, kind::object_word},
    changes::Changes,
    clause::Clauses,
    statement::{object, takes_if_exists},
};

/// How an `ALTER` is recovered. `None` where that is not known.
pub(super) fn alter(phrase: &mut Phrase<'_>) -> Option<Recovery> {
    match object_word(phrase) {
        "TABLE" => alter_table(phrase),
        // They say anew what the object is. An event may be due at once, or get another name.
        "DATABASE" | "SCHEMA" | "FUNCTION" | "PROCEDURE" | "ROLE" | "SERVER" | "VIEW" => {
            Some(Recovery::IDEMPOTENT)
        }
        "EVENT" => (!phrase.has_any(&["AT", "RENAME"])).then_some(Recovery::IDEMPOTENT),
        "SEQUENCE" => (!phrase.has("RESTART")).then_some(Recovery::IDEMPOTENT),
        "USER" => (!phrase.has("RETAIN")).then_some(Recovery::IDEMPOTENT),
        _ => None,
    }
}

fn alter_table(phrase: &mut Phrase<'_>) -> Option<Recovery> {
    takes_if_exists(phrase);
    let table = phrase.take_object_name()?;
    let mut clauses = Clauses::of(&table);
    clauses.read(phrase);
    let Clauses { changes, new_name, .. } = clauses;
    Some(match new_name {
        // The parts are then those of a table by another name.
        Some(new_name) => renamed(&[(table, new_name)])?,
        None => changes.recovery(&table),
    })
}

/// How the renaming of tables is recovered, one after the other.
pub(super) fn renamed(tables: &[(ObjectName, ObjectName)]) -> Option<Recovery> {
    let mut changes = Changes::default();
    for (old, new) in tables {
        changes.moves(object(Change::Goes, ObjectKind::Table, old), false);
        changes.moves(object(Change::Appears, ObjectKind::Table, new), false);
    }
    let (first, _) = tables.first()?;
    Some(changes.recovery(first))
}
