use super::spelling::Spelling;
use crate::{Dialect, ObjectName};

/// What differs between the databases' SQL.
impl Spelling {
    /// Whether nulls come last where nothing is said; where they come first, nothing can be said.
    pub(super) const fn sorts_nulls_last(self) -> bool {
        matches!(self.dialect, Dialect::Postgres)
    }

    /// Whether it is the name of an index or a trigger that has the schema, not the table that it is on.
    pub(super) const fn qualifies_indexes(self) -> bool {
        matches!(self.dialect, Dialect::Sqlite)
    }

    /// The table that a trigger is on.
    pub(super) fn trigger_table(self, table: &ObjectName) -> String {
        if self.qualifies_indexes() { self.name(&table.name) } else { self.object(table) }
    }

    /// Whether a column can be `GENERATED .. AS IDENTITY`.
    pub(crate) const fn has_identities(self) -> bool {
        matches!(self.dialect, Dialect::Postgres)
    }

    /// A default: what is more than a constant stands in parentheses where the grammar wants it.
    pub(super) fn default(self, sql: &str) -> String {
        let needs_parentheses = match self.dialect {
            Dialect::Postgres => false,
            Dialect::Sqlite | Dialect::Mysql => !is_constant(sql),
        };
        if needs_parentheses { format!("({sql})") } else { sql.to_owned() }
    }
}

/// Whether a default is one literal, with a sign perhaps, or one word.
fn is_constant(sql: &str) -> bool {
    let text = sql.trim().trim_start_matches(['+', '-']);
    let is_string = |quote: char| {
        let inner = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner.is_some_and(|inner| !inner.replace(&format!("{quote}{quote}"), "").contains(quote))
    };
    let is_word = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    let is_blob = text.strip_prefix(['x', 'X']).is_some_and(|rest| {
        let inner = rest.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        inner.is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    is_string('\'') || is_string('"') || is_word || is_blob
}
