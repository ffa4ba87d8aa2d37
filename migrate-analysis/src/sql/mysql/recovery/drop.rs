use migrate_core::graph::{Change, Doubt, ObjectKind, Recovery};

use super::{
    super::{super::phrase::Phrase, kind::object_word},
    statement::{object, part, takes_if_exists, whole},
};

/// How a `DROP` is recovered. `None` where that is not known.
pub(super) fn drop(phrase: &mut Phrase<'_>) -> Option<Recovery> {
    if phrase.is("TEMPORARY") {
        return None;
    }
    let kind = match object_word(phrase) {
        "TABLE" | "TABLES" => ObjectKind::Table,
        "VIEW" => ObjectKind::View,
        "TRIGGER" => ObjectKind::Trigger,
        "FUNCTION" | "PROCEDURE" => ObjectKind::Routine,
        "EVENT" => ObjectKind::Event,
        "SEQUENCE" => ObjectKind::Sequence,
        // What is left of it goes when it is dropped again.
        "DATABASE" | "SCHEMA" => ObjectKind::Schema,
        "INDEX" => return drop_index(phrase),
        // The catalog that tells of them is not everybody's to read.
        "PACKAGE" | "ROLE" | "SERVER" | "USER" => {
            phrase.take("BODY");
            return takes_if_exists(phrase).then_some(Recovery::IDEMPOTENT);
        }
        _ => return None,
    };
    takes_if_exists(phrase);
    let mut probes = Vec::new();
    loop {
        probes.push(object(Change::Goes, kind, &phrase.take_object_name()?));
        if !phrase.take_item() {
            return Some(Recovery { piecewise: probes.len() > 1, probes, doubt: Doubt::Again });
        }
    }
}

fn drop_index(phrase: &mut Phrase<'_>) -> Option<Recovery> {
    takes_if_exists(phrase);
    let name = phrase.take_name()?;
    if !phrase.take("ON") {
        return None;
    }
    let table = phrase.take_object_name()?;
    Some(whole(vec![part(Change::Goes, ObjectKind::Index, &table, &name)]))
}
