//! Operators by the names that the catalog has for them.

use squawk_syntax::ast::{self, AstNode, BinOp, PrefixOp};

use super::written::written;

/// The operator that an infix one is, where it is an ordinary one.
pub(super) fn infix(op: &BinOp) -> Option<String> {
    Some(match op {
        BinOp::Caret(token)
        | BinOp::Eq(token)
        | BinOp::Gteq(token)
        | BinOp::LAngle(token)
        | BinOp::Lteq(token)
        | BinOp::Minus(token)
        | BinOp::Percent(token)
        | BinOp::Plus(token)
        | BinOp::RAngle(token)
        | BinOp::Slash(token)
        | BinOp::Star(token) => token.text().to_owned(),
        BinOp::Neq(_) | BinOp::Neqb(_) => "<>".to_owned(),
        BinOp::Like(_) => "~~".to_owned(),
        BinOp::Ilike(_) => "~~*".to_owned(),
        BinOp::NotLike(_) => "!~~".to_owned(),
        BinOp::NotIlike(_) => "!~~*".to_owned(),
        BinOp::CustomOp(op) => written(op.syntax()),
        BinOp::OperatorCall(call) => named(call)?,
        _ => return None,
    })
}

/// The operator that a prefix is, but for `NOT`.
pub(super) fn prefix(op: &PrefixOp) -> Option<String> {
    Some(match op {
        PrefixOp::CustomOp(op) => written(op.syntax()),
        PrefixOp::Minus(token) | PrefixOp::Plus(token) => token.text().to_owned(),
        PrefixOp::OperatorCall(call) => named(call)?,
        PrefixOp::Not(_) => return None,
    })
}

/// `OPERATOR(schema.+)`, without the schema.
fn named(call: &ast::OperatorCall) -> Option<String> {
    let text = written(call.op()?.syntax());
    let start = text.find(|letter: char| !(letter.is_alphanumeric() || "_\". ".contains(letter)))?;
    text.get(start..).map(str::to_owned)
}
