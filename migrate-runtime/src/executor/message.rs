//! A text on its way to the database, and what its parts are.

use migrate_core::graph::Script;

use crate::{error::StatementPlace, session::Place};

/// One text of several statements, which remembers what each of them is for.
#[derive(Debug, Default)]
pub(super) struct Message {
    text: String,
    pieces: Vec<Piece>,
}

const SEPARATOR: &str = ";\n";

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its first byte within the text.
    start: usize,
    role: Role,
}

/// What a statement of a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Bookkeeping.
    Ours,
    /// Bookkeeping that has to change exactly one row: another number means that somebody else took over.
    Claim,
    /// The statement of the script with this index.
    Statement(usize),
}

impl Message {
    /// A message that says at its beginning, in a comment, what it is: so a list of sessions shows it.
    pub(super) fn titled(title: &str) -> Self {
        let title = title.replace(['*', '/'], "_");
        Self { text: format!("/* {title} */ "), pieces: Vec::new() }
    }

    pub(super) fn push(&mut self, role: Role, statement: &str) {
        if !self.pieces.is_empty() {
            self.text.push_str(SEPARATOR);
        }
        self.pieces.push(Piece { start: self.text.len(), role });
        self.text.push_str(statement);
    }

    pub(super) fn ours<'s>(&mut self, statements: impl IntoIterator<Item = &'s String>) {
        for statement in statements {
            self.push(Role::Ours, statement);
        }
    }

    pub(super) fn script(&mut self, script: Option<&Script<'_>>) {
        let statements = script.map(Script::statement_texts).into_iter().flatten();
        for (index, statement) in statements.enumerate() {
            self.push(Role::Statement(index), statement);
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The indices, among the outcomes, of what has to change exactly one row.
    pub(super) fn claims(&self) -> impl Iterator<Item = usize> {
        let claims = self.pieces.iter().enumerate().filter(|(_, piece)| piece.role == Role::Claim);
        claims.map(|(index, _)| index)
    }

    /// Which piece failed after `finished` others, or as `place` says; and where in its statement, in bytes.
    ///
    /// A database that reads the whole text before it begins, and finds a mistake, has finished nothing: then only the
    /// place tells.
    fn failed(&self, finished: usize, place: Place) -> (Role, Option<usize>) {
        if let Place::Character(character) = place {
            let at = self
                .text
                .char_indices()
                .nth(character.saturating_sub(1))
                .map_or(self.text.len(), |(at, _)| at);
            if let Some(piece) = self.pieces.iter().rev().find(|piece| piece.start <= at) {
                return (piece.role, Some(at - piece.start));
            }
        }
        let Some(piece) = self.pieces.get(finished) else {
            return (Role::Ours, None);
        };
        let offset = match place {
            Place::Line(line) if line > 1 => {
                let statement = &self.text[piece.start..];
                statement.match_indices('\n').nth(line - 2).map(|(newline, _)| newline + 1)
            }
            _ => None,
        };
        (piece.role, offset)
    }

    /// The text of a piece, which may say more than the script does.
    fn sent(&self, role: Role) -> &str {
        let mut pieces = self.pieces.iter().skip_while(|piece| piece.role != role);
        let start = pieces.next().map_or(self.text.len(), |piece| piece.start);
        let end = pieces.next().map_or(self.text.len(), |next| next.start - SEPARATOR.len());
        &self.text[start..end]
    }

    /// What failed, and where that stands in the script's file.
    pub(super) fn locate(
        &self,
        finished: usize,
        place: Place,
        script: Option<&Script<'_>>,
    ) -> (Role, Option<StatementPlace>) {
        let (role, offset) = self.failed(finished, place);
        let place = match (role, script) {
            (Role::Statement(index), Some(script)) => {
                let span = script.statements.get(index).map(|statement| statement.span);
                let byte = span.zip(offset).map(|(span, offset)| (span.start + offset as u32).min(span.end));
                let place = StatementPlace::of(script, index, byte);
                place.map(|place| StatementPlace { text: self.sent(role).to_owned(), ..place })
            }
            _ => None,
        };
        (role, place)
    }
}

#[cfg(test)]
mod tests {
    use migrate_core::{
        Span,
        graph::{Recoveries, Script, Statement, StatementKind},
    };

    use super::{Message, Role};
    use crate::session::Place;

    const SOURCE: &str = "\u{feff}-- migrate:up\r\nCREATE TABLE ä (\r\n  b int);\r\nDROP TABLE c;\r\n";

    fn located(finished: usize, place: Place) -> String {
        let start = |needle| SOURCE.find(needle).expect("the needle") as u32;
        let statements = [
            Statement::new(start("CREATE"), start(";\r\nDROP"), StatementKind::Schema),
            Statement::new(start("DROP"), SOURCE.len() as u32 - 3, StatementKind::Schema),
        ];
        let script = Script {
            recoveries: Recoveries::default(),
            file: "a.sql",
            source: SOURCE,
            section: Span::new(18, SOURCE.len() as u32),
            statements: &statements,
            transaction: true,
        };
        let mut message = Message::default();
        message.push(Role::Claim, "UPDATE s");
        message.script(Some(&script));
        message.push(Role::Ours, "INSERT");
        let (role, place) = message.locate(finished, place, Some(&script));
        place.map_or(format!("{role:?}"), |place| format!("{role:?} {place}"))
    }

    #[test]
    fn a_failure_is_found_by_the_number_of_finished_statements() {
        assert_eq!(located(0, Place::Unknown), "Claim");
        assert_eq!(located(1, Place::Unknown), "Statement(0) a.sql:2:1 (statement 1 of 2)");
        assert_eq!(located(2, Place::Unknown), "Statement(1) a.sql:4:1 (statement 2 of 2)");
        assert_eq!(located(3, Place::Unknown), "Ours");
        assert_eq!(located(9, Place::Unknown), "Ours");
    }

    #[test]
    fn a_failure_is_found_by_its_character_in_the_whole_text() {
        let text = "UPDATE s;\nCREATE TABLE ä (\r\n  b int);\nDROP TABLE c;\nINSERT";
        let at = |needle: &str| text[..text.find(needle).expect("the needle")].chars().count() + 1;
        assert_eq!(located(0, Place::Character(at("ä"))), "Statement(0) a.sql:2:14 (statement 1 of 2)");
        assert_eq!(located(0, Place::Character(at("int"))), "Statement(0) a.sql:3:5 (statement 1 of 2)");
        assert_eq!(located(0, Place::Character(at("c;"))), "Statement(1) a.sql:4:12 (statement 2 of 2)");
        assert_eq!(located(0, Place::Character(9_999)), "Ours");
    }

    #[test]
    fn a_failure_is_found_by_its_line_in_the_statement() {
        assert_eq!(located(1, Place::Line(2)), "Statement(0) a.sql:3:1 (statement 1 of 2)");
        assert_eq!(located(1, Place::Line(9)), "Statement(0) a.sql:2:1 (statement 1 of 2)");
    }
}
