use migrate_core::Name;

use crate::sql::lowered::OpaqueReason;

/// Why a statement that was parsed has no operations.
pub(super) enum Stop {
    /// SQLite refuses it whatever the schema is.
    Refused {
        /// What is wrong.
        message: String,
        /// A name in it that this is about.
        about: Name,
    },
    /// It has an effect that no operation stands for.
    Opaque(OpaqueReason),
}

/// Of a refusal.
pub(super) fn refused<T>(about: &Name, message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Refused { message: message.into(), about: about.clone() })
}

/// Names that begin with `sqlite_` are reserved.
pub(super) fn check_new_name(name: &Name) -> Result<(), Stop> {
    if name.identity().starts_with("sqlite_") {
        return refused(name, "names that begin with `sqlite_` are SQLite's own");
    }
    Ok(())
}
