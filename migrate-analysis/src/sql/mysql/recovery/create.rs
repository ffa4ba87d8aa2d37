use migrate_core::graph::{Change, ObjectKind, Recovery};

use super::{
    super::{super::phrase::Phrase, kind::object_word},
    statement::{object, part, takes_if_not_exists, whole},
};

/// How a `CREATE` is recovered. `None` where that is not known.
pub(super) fn create(phrase: &mut Phrase<'_>) -> Option<Recovery> {
    let replaces = phrase.take_all(&["OR", "REPLACE"]);
    if phrase.is("TEMPORARY") {
        return None;
    }
    let kind = match object_word(phrase) {
        "TABLE" => ObjectKind::Table,
        "VIEW" => ObjectKind::View,
        "TRIGGER" => ObjectKind::Trigger,
        "FUNCTION" | "PROCEDURE" => ObjectKind::Routine,
        "EVENT" => ObjectKind::Event,
        "SEQUENCE" => ObjectKind::Sequence,
        "DATABASE" | "SCHEMA" => ObjectKind::Schema,
        "INDEX" => return create_index(phrase, replaces),
        // The catalog that tells of them is not everybody's to read.
        "PACKAGE" | "ROLE" | "SERVER" | "USER" => {
            phrase.take("BODY");
            return (replaces || takes_if_not_exists(phrase)).then_some(Recovery::IDEMPOTENT);
        }
        _ => return None,
    };
    takes_if_not_exists(phrase);
    let name = phrase.take_object_name()?;
    let runs_again = match kind {
        // What came in since would be lost.
        ObjectKind::Table | ObjectKind::Sequence | ObjectKind::Schema => !replaces,
        // Once it is over it is gone again, and looks as if it had never been.
        ObjectKind::Event => phrase.take_all(&["ON", "SCHEDULE", "EVERY"]) && !phrase.has("ENDS"),
        // What is loaded from a library is in no catalog of routines.
        ObjectKind::Routine => !phrase.has("SONAME"),
        _ => true,
    };
    match (runs_again, replaces) {
        (false, _) => None,
        (true, true) => Some(Recovery::IDEMPOTENT),
        (true, false) => Some(whole(vec![object(Change::Appears, kind, &name)])),
    }
}

fn create_index(phrase: &mut Phrase<'_>, replaces: bool) -> Option<Recovery> {
    takes_if_not_exists(phrase);
    let name = phrase.take_name()?;
    // `USING BTREE`, `WAIT 5` may come before it.
    if !phrase.has("ON") {
        return None;
    }
    let table = phrase.take_object_name()?;
    Some(if replaces {
        Recovery::IDEMPOTENT
    } else {
        whole(vec![part(Change::Appears, ObjectKind::Index, &table, &name)])
    })
}
