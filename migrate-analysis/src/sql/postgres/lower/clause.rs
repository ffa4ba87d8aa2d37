//! What the clauses of many statements have in common.

use squawk_syntax::ast;

/// All of a list, of which there has to be one.
pub(super) fn all<T>(entries: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let entries = entries.collect::<Option<Vec<_>>>()?;
    (!entries.is_empty()).then_some(entries)
}

/// Whether a `DROP` takes along what depends on its object.
pub(super) const fn is_cascade(behavior: Option<&ast::DropBehavior>) -> bool {
    matches!(behavior, Some(ast::DropBehavior::Cascade(_)))
}
