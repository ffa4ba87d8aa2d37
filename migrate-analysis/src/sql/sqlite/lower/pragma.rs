use migrate_core::operation::Operation;
use sqlite3_parser::ast::{Expr, Literal, PragmaBody, QualifiedName, UnaryOperator};

use super::name::{name, unquoted};

/// `PRAGMA`. One of them changes what later statements do; the others are settings of the session or of the file, or
/// questions.
pub(super) fn pragma(pragma: &QualifiedName<'_>, value: Option<&PragmaBody<'_>>) -> Vec<Operation> {
    let (Some(PragmaBody::Equals(value) | PragmaBody::Call(value)), "legacy_alter_table") =
        (value, name(&pragma.name).identity())
    else {
        return Vec::new();
    };
    vec![Operation::SetLegacyRename(is_on(value))]
}

fn is_on(value: &Expr<'_>) -> bool {
    match value {
        Expr::Name(word) => is_true(&unquoted(word.0)),
        Expr::Literal(Literal::Keyword(word) | Literal::Numeric(word)) => is_true(word),
        Expr::Unary(UnaryOperator::Positive, value) => is_on(value),
        _ => false,
    }
}

fn is_true(word: &str) -> bool {
    ["on", "yes", "true"].iter().any(|truth| word.eq_ignore_ascii_case(truth))
        || word.parse::<i64>().is_ok_and(|number| number != 0)
}
