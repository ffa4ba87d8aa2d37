use migrate_core::{Span, operation::Operation};
use squawk_syntax::{
    SyntaxNode, SyntaxToken,
    ast::{self, AstNode},
    syntax_error::SyntaxError,
};

use super::{
    code::block, conflict::conflict, gap::is_beyond_grammar, nesting::is_too_deep, opaque::opaque,
    parse::parse, statement::lower_statement,
};
use crate::sql::{
    cursor::offset,
    lowered::{GrammarError, Lowered, OpaqueReason},
};

/// What a statement means.
pub(crate) fn lower(text: &str) -> Lowered {
    if is_too_deep(text) {
        return unread(text, OpaqueReason::NotParsed);
    }
    let (tree, errors) = parse(text);
    // As the server: what comes behind the first one is a consequence more often than not.
    if let Some(error) = errors.first() {
        if is_beyond_grammar(text) {
            return unread(text, OpaqueReason::NotParsed);
        }
        let errors = vec![grammar_error(tree.syntax(), text, error)];
        return Lowered { errors, ..unread(text, OpaqueReason::NotParsed) };
    }
    if let Some(error) = conflict(&tree, node_span) {
        return Lowered { errors: vec![error], ..unread(text, OpaqueReason::NotParsed) };
    }
    let mut statements = tree.stmts().filter(|statement| !matches!(statement, ast::Stmt::EmptyStmt(_)));
    match (statements.next(), statements.next()) {
        (None, _) => Lowered::default(),
        (Some(ast::Stmt::Do(statement)), None) => match block(&statement) {
            Some(changes) => {
                Lowered { operations: vec![changes], opaque: Some(OpaqueReason::Code), errors: Vec::new() }
            }
            None => Lowered::default(),
        },
        (Some(only), None) => match lower_statement(&only) {
            Ok(operations) => {
                let is_opaque = |operation: &Operation| matches!(operation, Operation::Opaque { .. });
                let opaque = operations.iter().any(is_opaque).then_some(OpaqueReason::NoOperation);
                Lowered { operations, opaque, errors: Vec::new() }
            }
            Err(reason) => unread(text, reason),
        },
        (Some(_), Some(_)) => unread(text, OpaqueReason::NotParsed),
    }
}

fn unread(text: &str, reason: OpaqueReason) -> Lowered {
    Lowered { operations: vec![opaque(text)], opaque: Some(reason), errors: Vec::new() }
}

fn grammar_error(root: &SyntaxNode, text: &str, error: &SyntaxError) -> GrammarError {
    let range = error.range();
    if !range.is_empty() {
        return GrammarError { span: span(range.start(), range.end()), message: message(error.message()) };
    }
    // A place between two tokens: the token behind it is the one that does not fit.
    let behind = root.token_at_offset(range.start()).right_biased();
    let behind = behind.filter(|token| token.text_range().end() > range.start());
    match token_from(behind, SyntaxToken::next_token) {
        Some(token) => {
            let message = format!("syntax error at `{}`", shown(token.text()));
            GrammarError { span: token_span(&token), message }
        }
        None => {
            let last = token_from(root.last_token(), SyntaxToken::prev_token);
            let span = last.map_or(span(0_usize, text.len()), |token| token_span(&token));
            GrammarError { span, message: "the statement ends too early".to_owned() }
        }
    }
}

/// The token, or the next one in a direction that is neither blank nor a comment.
fn token_from(
    mut token: Option<SyntaxToken>,
    next: impl Fn(&SyntaxToken) -> Option<SyntaxToken>,
) -> Option<SyntaxToken> {
    while let Some(trivia) = token.as_ref().filter(|token| token.kind().is_trivia()) {
        token = next(trivia);
    }
    token
}

fn span(start: impl Into<usize>, end: impl Into<usize>) -> Span {
    Span::new(offset(start.into()), offset(end.into()))
}

fn node_span(node: &SyntaxNode) -> Span {
    span(node.text_range().start(), node.text_range().end())
}

fn token_span(token: &SyntaxToken) -> Span {
    span(token.text_range().start(), token.text_range().end())
}

/// The beginning of the first line of a token.
fn shown(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    line.get(..line.floor_char_boundary(40)).unwrap_or_default()
}

fn message(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    let second_is_lower = text.chars().nth(1).is_some_and(char::is_lowercase);
    let first = letters.next().filter(|_| second_is_lower);
    first.map_or_else(|| text.to_owned(), |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}
