use migrate_core::Span;

use super::super::token::{Token, TokenKind};

/// Follows a statement to tell whether a `;` separates here, and whether the statement takes rows from the client.
#[derive(Default)]
pub(super) struct Body {
    stage: Stage,
    /// How many `BEGIN ATOMIC` and `CASE` are open or, in a rule and in `COPY`, how many parentheses.
    depth: usize,
    /// The span of the statement so far.
    span: Option<Span>,
    last: Last,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Before the first word.
    #[default]
    Start,
    /// Behind `CREATE`.
    Create,
    /// In `CREATE FUNCTION` or `CREATE PROCEDURE`, which may have a `BEGIN ATOMIC` body.
    Routine,
    /// In `CREATE RULE`, which may have statements between parentheses.
    Rule,
    /// In `COPY`, which may be `FROM STDIN`.
    Copy,
    /// In `COPY .. FROM STDIN`.
    CopyFromStdin,
    /// In anything else.
    Plain,
}

/// The last token, as far as it decides what the next one means.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    /// `AS` or `.`: any keyword is a name behind it.
    Naming,
    Begin,
    From,
}

impl Body {
    pub(super) fn take(&mut self, token: Token<'_>) {
        self.stage = match self.stage {
            Stage::Start if token.is("CREATE") => Stage::Create,
            Stage::Start if token.is("COPY") => Stage::Copy,
            Stage::Create if token.is("OR") || token.is("REPLACE") => Stage::Create,
            Stage::Create if token.is("FUNCTION") || token.is("PROCEDURE") => Stage::Routine,
            Stage::Create if token.is("RULE") => Stage::Rule,
            Stage::Start | Stage::Create => Stage::Plain,
            Stage::Copy if self.last == Last::From && self.depth == 0 && token.is("STDIN") => {
                Stage::CopyFromStdin
            }
            stage => stage,
        };
        match self.stage {
            Stage::Routine => self.take_in_routine(token),
            // `COPY (SELECT .. FROM stdin)` reads a table.
            Stage::Rule | Stage::Copy => self.count(token.is_mark("("), token.is_mark(")")),
            _ => {}
        }
        if !token.is_mark(";") {
            self.span = Some(Span::new(self.span.unwrap_or(token.span).start, token.span.end));
        }
        self.last = Last::of(token);
    }

    /// `END` and `CASE` are reserved: they are names only where any keyword would be one.
    fn take_in_routine(&mut self, token: Token<'_>) {
        if self.last == Last::Naming {
            return;
        }
        if self.depth == 0 {
            self.count(self.last == Last::Begin && token.is("ATOMIC"), false);
        } else {
            self.count(token.is("CASE"), token.is("END"));
        }
    }

    fn count(&mut self, opens: bool, closes: bool) {
        if opens {
            self.depth += 1;
        } else if closes {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    /// Whether a `;` at this place belongs to the statement.
    pub(super) const fn is_inside(&self) -> bool {
        self.depth > 0 && matches!(self.stage, Stage::Routine | Stage::Rule)
    }

    /// The span of the statement, where its rows come from the client.
    pub(super) fn copy_from_stdin(self) -> Option<Span> {
        self.span.filter(|_| self.stage == Stage::CopyFromStdin)
    }
}

impl Last {
    fn of(token: Token<'_>) -> Self {
        if token.kind != TokenKind::Word && token.kind != TokenKind::Mark {
            Self::Other
        } else if token.is("AS") || token.is_mark(".") {
            Self::Naming
        } else if token.is("BEGIN") {
            Self::Begin
        } else if token.is("FROM") {
            Self::From
        } else {
            Self::Other
        }
    }
}
