use migrate_core::{Dialect, operation::Operation};

use super::lowered::{Lowered, OpaqueReason};

/// What a statement means.
///
/// `text` is one statement, as [`split`](super::split()) cuts it: without a comment before it and without a separator.
/// Every input has an answer; what is not understood is opaque.
#[must_use]
#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres")),
    expect(unused_variables, reason = "there is no grammar to read it by")
)]
pub fn lower(text: &str, dialect: Dialect) -> Lowered {
    match dialect {
        #[cfg(feature = "sqlite")]
        Dialect::Sqlite => super::sqlite::lower(text),
        #[cfg(feature = "postgres")]
        Dialect::Postgres => super::postgres::lower(text),
        // Without a grammar, or built without the one there is.
        _ => Lowered {
            operations: vec![Operation::Opaque { names: Vec::new(), patterns: Vec::new(), everything: true }],
            opaque: Some(OpaqueReason::NoGrammar),
            errors: Vec::new(),
        },
    }
}

/// Whether this build has a grammar for the database.
#[must_use]
pub const fn has_grammar(dialect: Dialect) -> bool {
    match dialect {
        Dialect::Sqlite => cfg!(feature = "sqlite"),
        Dialect::Postgres => cfg!(feature = "postgres"),
        Dialect::Mysql => false,
    }
}
