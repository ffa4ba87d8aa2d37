use migrate_core::graph::Recovery;

use super::super::phrase::Phrase;

/// `VACUUM` alone refuses a transaction, and is about the file: rows and schema are the same afterwards. `VACUUM INTO`
/// makes another file, which must not be there yet.
pub(in crate::sql) fn recovery(phrase: &mut Phrase<'_>) -> Recovery {
    if phrase.take("VACUUM") && !phrase.has("INTO") { Recovery::IDEMPOTENT } else { Recovery::UNKNOWN }
}
