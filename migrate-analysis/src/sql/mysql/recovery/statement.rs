use migrate_core::graph::{Change, Doubt, ObjectKind, Probe, Recovery};
use migrate_core::{Name, ObjectName};

use super::{
    super::{super::phrase::Phrase, kind::skip_settings},
    alter::alter,
    create::create,
    drop::drop,
    rename::rename,
};

/// How a statement is recovered.
pub(in crate::sql) fn recovery(phrase: &mut Phrase<'_>) -> Recovery {
    if phrase.take("SET") && !skip_settings(phrase) {
        // Passwords and roles.
        return Recovery::IDEMPOTENT;
    }
    let known = if phrase.take("CREATE") {
        create(phrase)
    } else if phrase.take("ALTER") {
        alter(phrase)
    } else if phrase.take("DROP") {
        drop(phrase)
    } else if phrase.take("RENAME") {
        rename(phrase)
    } else {
        is_idempotent(phrase).then_some(Recovery::IDEMPOTENT)
    };
    known.unwrap_or(Recovery::UNKNOWN)
}

/// What leaves rows and schema as they are, or says what has to be there in the end.
fn is_idempotent(phrase: &mut Phrase<'_>) -> bool {
    if phrase.take_any(&["ANALYZE", "CHECK", "CHECKSUM", "OPTIMIZE", "REPAIR"]) {
        phrase.take_any(&["NO_WRITE_TO_BINLOG", "LOCAL"]);
        // MariaDB's `ANALYZE DELETE ..` deletes.
        return phrase.is_any(&["TABLE", "TABLES", "VIEW"]);
    }
    if phrase.take("REVOKE") {
        // What was not granted cannot be revoked, unless it is all that there is.
        return phrase.take_all(&["IF", "EXISTS"]) || phrase.take("ALL");
    }
    phrase.is_any(&["CACHE", "FLUSH", "GRANT", "LOAD", "LOCK", "UNLOCK"])
}

/// Takes `IF NOT EXISTS`, where it comes next.
pub(super) fn takes_if_not_exists(phrase: &mut Phrase<'_>) -> bool {
    phrase.take_all(&["IF", "NOT", "EXISTS"])
}

/// Takes `IF EXISTS`, where it comes next.
pub(super) fn takes_if_exists(phrase: &mut Phrase<'_>) -> bool {
    phrase.take_all(&["IF", "EXISTS"])
}

/// An object that belongs to no table.
pub(super) fn object(change: Change, kind: ObjectKind, name: &ObjectName) -> Probe {
    Probe::new(change, kind, name.name.as_str()).in_schema(name.schema.as_ref().map(Name::as_str))
}

/// A part of a table.
pub(super) fn part(change: Change, kind: ObjectKind, table: &ObjectName, name: &Name) -> Probe {
    object(change, kind, &ObjectName { schema: table.schema.clone(), name: name.clone() })
        .of_table(table.name.as_str())
}

/// A statement that does all of its work or nothing, and whose probes tell it.
pub(super) fn whole(probes: Vec<Probe>) -> Recovery {
    Recovery { probes, piecewise: false, doubt: Doubt::Again }
}
