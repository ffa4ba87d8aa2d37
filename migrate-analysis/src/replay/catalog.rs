use migrate_core::{Schema, schema::Origin};

use crate::sql::{canonicalise, lower};

/// The schema that a database has, by what its catalog says: objects with raw texts, or the statements that made them.
///
/// The one and the other become what the replay of a history would have made of it, so that the two can be compared.
#[must_use]
pub fn of_catalog(mut schema: Schema, statements: &[String]) -> Schema {
    canonicalise(&mut schema);
    for statement in statements {
        let lowered = lower(statement, schema.dialect);
        for operation in &lowered.operations {
            // A database accepts its own statements. Where one is not understood, nothing is said to differ.
            schema.unknown.everything |= schema.apply(operation, Origin::NONE).is_err();
        }
    }
    schema
}
