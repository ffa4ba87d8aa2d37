use migrate_core::operation::Operation;
use sqlite3_parser::{Bump, FallibleIterator, ast::Cmd, lexer::sql::Parser};

use super::{nesting::is_too_deep, problem::problem, statement::statement, verbatim::words};
use crate::sql::lowered::{GrammarError, Lowered, OpaqueReason};

/// What a statement means.
pub(crate) fn lower(text: &str) -> Lowered {
    // SQLite takes a zero for the end of the text.
    if text.contains('\0') || is_too_deep(text) {
        return not_parsed(text, None);
    }
    let memory = Bump::new();
    let mut parser = Parser::new(&memory, text.as_bytes());
    match parser.next() {
        Ok(Some(Cmd::Stmt(tree))) => statement(&tree, text),
        // `EXPLAIN` runs nothing.
        Ok(Some(Cmd::Explain(_) | Cmd::ExplainQueryPlan(_)) | None) => Lowered::default(),
        Err(error) => not_parsed(text, problem(&error, text)),
    }
}

/// Of a statement that could not be read: what it names may have changed.
pub(super) fn opaque(text: &str, reason: OpaqueReason) -> Lowered {
    let operation = Operation::Opaque { names: words(text), patterns: Vec::new(), everything: false };
    Lowered { operations: vec![operation], opaque: Some(reason), errors: Vec::new() }
}

fn not_parsed(text: &str, error: Option<GrammarError>) -> Lowered {
    Lowered { errors: error.into_iter().collect(), ..opaque(text, OpaqueReason::NotParsed) }
}
