use migrate_core::{Span, operation::Operation, schema::Reach};
use squawk_syntax::ast::{self, AstNode};

use super::{
    door::lower,
    opaque::{add_words, pieces, unknown},
    subject::Subjects,
};
use crate::sql::{
    scan::{Piece, PieceKind},
    token::TokenKind,
};

/// What a statement of a block begins behind.
const BEFORE: [&str; 5] = ["begin", "else", "loop", "then", ";"];
/// The keywords of statements that change a schema, or that call what may do so.
const CHANGES: [&str; 6] = ["alter", "call", "create", "drop", "import", "perform"];
/// What such a statement may be about that is no part of a schema.
const BESIDE: [&str; 10] = [
    "database",
    "default",
    "group",
    "publication",
    "role",
    "server",
    "subscription",
    "system",
    "tablespace",
    "user",
];

/// What a `DO` block may change. Which of its statements run cannot be told, but what they are about can. `None` where
/// none of them changes a schema.
pub(super) fn block(statement: &ast::Do) -> Option<Operation> {
    let bodies = statement.syntax().children().filter_map(ast::Literal::cast);
    let body: String = bodies.filter_map(|body| body.string_value()).collect();
    reach(&body).map(|Reach { names, everything }| unknown(names, everything))
}

/// The same for the body of a function.
pub(super) fn reach(body: &str) -> Option<Reach> {
    let pieces: Vec<_> = pieces(body).collect();
    let mut changes = Changes::default();
    for statement in pieces.split(|piece| is_one_of(piece, &BEFORE)) {
        changes.take(body, statement);
    }
    if changes.is_dynamic {
        // What is put together may be made of any word of the block.
        pieces.iter().for_each(|piece| add_words(&mut changes.subjects.names, piece));
        let is_asked = pieces.iter().any(|piece| is_one_of(piece, &["cursor", "select"]));
        changes.subjects.everything |= changes.is_about_anything && is_asked;
    }
    let Subjects { names, everything, .. } = changes.subjects;
    changes.any.then_some(Reach { names, everything })
}

/// What the statements of a block may change.
#[derive(Default)]
struct Changes {
    any: bool,
    subjects: Subjects,
    /// Whether a statement is put together from pieces.
    is_dynamic: bool,
    /// Whether such a statement may be about any object that a query finds.
    is_about_anything: bool,
}

impl Changes {
    fn take(&mut self, body: &str, statement: &[Piece<'_>]) {
        let executed = statement.iter().position(|piece| is_one_of(piece, &["execute"]));
        // At the start, or in `FOR .. IN EXECUTE`; elsewhere the word is another: `EXECUTE FUNCTION`.
        let executed = executed.filter(|place| {
            let before = place.checked_sub(1).and_then(|before| statement.get(before));
            before.is_none_or(|before| is_one_of(before, &["in"]))
        });
        if let Some(place) = executed {
            return self.execute(statement.get(place + 1..).unwrap_or_default());
        }
        let mut words = statement.iter().map(|piece| piece.text);
        if !changes_a_schema(words.next().unwrap_or_default(), words.next().unwrap_or_default()) {
            return;
        }
        let start = statement.first().map(|piece| piece.span.start).unwrap_or_default();
        let end = statement.last().map(|piece| piece.span.end).unwrap_or_default();
        self.run(Span::new(start, end).of(body));
    }

    /// A statement that stands there as a whole.
    fn run(&mut self, statement: &str) {
        self.any = true;
        lower(statement).operations.iter().for_each(|operation| self.subjects.add(operation));
    }

    /// `EXECUTE`, of what stands behind it.
    fn execute(&mut self, argument: &[Piece<'_>]) {
        let template = argument.iter().find(|piece| !is_one_of(piece, &["format", "("]));
        let text = template.filter(|piece| is_string(piece)).map_or("", |piece| inner(piece.text));
        let mut words = text.split_whitespace();
        let (verb, object) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !text.is_empty() && !changes_a_schema(verb, object) {
            return;
        }
        let is_whole = argument.first().is_some_and(is_string)
            && argument.get(1).is_none_or(|next| is_one_of(next, &["into", "using"]));
        if is_whole {
            return self.run(&text.replace("''", "'"));
        }
        self.any = true;
        self.is_dynamic = true;
        self.is_about_anything |= !names_its_object(text, argument);
    }
}

/// Whether a statement that begins with these words changes a schema.
fn changes_a_schema(verb: &str, object: &str) -> bool {
    let is = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    is(verb, &CHANGES) && !is(object, &BESIDE)
}

/// Whether a statement that is put together says by itself what it is about: all of `ALTER TABLE name `, or what lies
/// in a schema that is not said: `ALTER TABLE %I.name`, `'DROP INDEX ' || schema || '.name'`.
fn names_its_object(template: &str, argument: &[Piece<'_>]) -> bool {
    if let Some((start, rest)) = template.split_once('%') {
        let behind = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '$');
        return is_table_named(start) || behind.get(1..).is_some_and(|behind| behind.starts_with('.'));
    }
    let mut strings = argument.iter().filter(|piece| is_string(piece)).skip(1);
    is_table_named(template) || strings.next().is_some_and(|piece| inner(piece.text).starts_with('.'))
}

/// Whether the text is `ALTER TABLE` with a name, and something behind it.
fn is_table_named(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let mut next = |word: &str| words.next_if(|next| next.eq_ignore_ascii_case(word)).is_some();
    if !(next("alter") && next("table")) {
        return false;
    }
    let _ = next("if") && next("exists");
    next("only");
    words.next().is_some() && (words.peek().is_some() || text.ends_with(char::is_whitespace))
}

fn is_one_of(piece: &Piece<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| piece.text.eq_ignore_ascii_case(word))
}

fn is_string(piece: &Piece<'_>) -> bool {
    matches!(piece.kind, PieceKind::Token(TokenKind::String))
}

/// What stands between the quotes of a string.
fn inner(text: &str) -> &str {
    let text = text.trim_start_matches(['e', 'E']);
    if let Some(rest) = text.strip_prefix('$') {
        let body = rest.split_once('$').map_or("", |(_, body)| body);
        return body
            .rsplit_once('$')
            .and_then(|(body, _)| body.rsplit_once('$'))
            .map_or("", |(body, _)| body);
    }
    text.trim_matches('\'')
}
