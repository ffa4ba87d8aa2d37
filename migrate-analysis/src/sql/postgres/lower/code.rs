use migrate_core::{Name, Span, operation::Operation, schema::Reach};
use squawk_syntax::ast::{self, AstNode};

use super::{
    door::lower,
    dynamic::{HOLE, is_one_of, is_string, template},
    opaque::{add_words, pieces, unknown},
    subject::add_subjects,
};
use crate::sql::{cursor::offset, lowered::OpaqueReason, scan::Piece};

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
    reach(&body).map(unknown)
}

/// The same for the body of a function.
pub(super) fn reach(body: &str) -> Option<Reach> {
    let pieces: Vec<_> = pieces(body).collect();
    let mut changes = Changes::default();
    for statement in pieces.split(|piece| is_one_of(piece, &BEFORE)) {
        changes.take(body, statement);
    }
    changes.name_holes();
    if changes.is_about_anything {
        // A name that comes from nowhere else is a word of the block.
        pieces.iter().for_each(|piece| add_words(&mut changes.reach.names, piece));
        changes.reach.everything |= pieces.iter().any(|piece| is_one_of(piece, &["cursor", "select"]));
    }
    changes.any.then_some(changes.reach)
}

/// What the statements of a block may change.
#[derive(Default)]
struct Changes {
    any: bool,
    reach: Reach,
    /// Whether one of them is put together in such a way that it may be about any object that a query finds.
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
            return self.run(&template(statement.get(place + 1..).unwrap_or_default()));
        }
        let start = statement.first().map(|piece| piece.span.start).unwrap_or_default();
        let end = statement.last().map(|piece| piece.span.end).unwrap_or_default();
        self.run(Span::new(start, end).of(body));
    }

    /// A statement, with holes where it is put together from pieces.
    fn run(&mut self, statement: &str) {
        let mut words = statement.split_whitespace();
        let (verb, object) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !changes_a_schema(verb, object) && !verb.contains(HOLE) {
            return;
        }
        self.any = true;
        // What a function would do is of no interest here, and may nest without an end.
        let lowered =
            if is_routine(verb, object) { lower(&without_strings(statement)) } else { lower(statement) };
        if lowered.opaque != Some(OpaqueReason::NotParsed) || !statement.contains(HOLE) {
            lowered.operations.iter().for_each(|operation| add_subjects(&mut self.reach, operation));
        } else if let Some(table) = table_named(statement) {
            pieces(table).for_each(|piece| add_words(&mut self.reach.names, &piece));
        } else {
            self.is_about_anything = true;
        }
    }

    /// Makes forms of the names that have holes. A name that is nothing else may be any.
    fn name_holes(&mut self) {
        let reach = &mut self.reach;
        let holes: Vec<Name> = reach.names.iter().filter(|name| name.contains(HOLE)).cloned().collect();
        for name in holes {
            reach.names.remove(&name);
            let form = name.replace(HOLE, "*");
            if form == "*" {
                self.is_about_anything = true;
            } else {
                reach.patterns.insert(form);
            }
        }
    }
}

/// Whether a statement that begins with these words changes a schema.
fn changes_a_schema(verb: &str, object: &str) -> bool {
    let is = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    is(verb, &CHANGES) && !is(object, &BESIDE)
}

/// Whether a statement that begins with these words may make a function.
fn is_routine(verb: &str, object: &str) -> bool {
    let objects = ["function", "or", "procedure"];
    verb.eq_ignore_ascii_case("create") && objects.iter().any(|word| object.eq_ignore_ascii_case(word))
}

fn without_strings(statement: &str) -> String {
    let mut text = String::new();
    let mut end = 0;
    for piece in pieces(statement).filter(is_string) {
        text.push_str(Span::new(end, piece.span.start).of(statement));
        text.push_str("''");
        end = piece.span.end;
    }
    text.push_str(Span::new(end, offset(statement.len())).of(statement));
    text
}

/// The table of an `ALTER TABLE` that has its whole name: what follows is about that.
fn table_named(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace().peekable();
    let mut next = |word: &str| words.next_if(|next| next.eq_ignore_ascii_case(word)).is_some();
    if !(next("alter") && next("table")) {
        return None;
    }
    let _ = next("if") && next("exists");
    next("only");
    let name = words.next().filter(|name| !name.ends_with(HOLE))?;
    words.peek().map(|_| name)
}
