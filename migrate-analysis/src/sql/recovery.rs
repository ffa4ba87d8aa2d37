use migrate_core::{Dialect, graph::Recovery};

use super::{kind::is_several, lowered::Lowered, phrase::Phrase, syntax};

/// How a runner finds out what became of a statement that shared no transaction with its bookkeeping.
///
/// `lowered` is what the statement means, as [`lower`](super::lower()) says. What cannot be told is
/// [`Recovery::UNKNOWN`]: people are asked then. They are rather asked than a statement is run twice.
///
/// ```
/// use migrate_analysis::sql::{lower, recovery};
/// use migrate_core::Dialect;
///
/// let text = "DROP TABLE a, b";
/// let recovery = recovery(text, &lower(text, Dialect::Mysql), Dialect::Mysql);
/// assert_eq!(recovery.to_string(), "pieces again\ngoes table - - a\ngoes table - - b");
/// ```
#[must_use]
pub fn recovery(statement: &str, lowered: &Lowered, dialect: Dialect) -> Recovery {
    if is_several(statement, dialect) {
        return Recovery::UNKNOWN;
    }
    syntax::recovery(&mut Phrase::new(statement, dialect), lowered, dialect)
}
