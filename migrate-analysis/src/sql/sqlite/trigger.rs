use super::super::token::Token;

/// Follows a statement to tell whether it stands in the body of a trigger.
///
/// The rule is that of `sqlite3_complete`: the body ends with an `END` that directly follows a `;`. The `END` of a
/// `CASE` never does. Unlike there, a body is only entered by a `BEGIN`, so that a trigger without one does not
/// swallow what follows it.
#[derive(Clone, Copy, Default)]
pub(super) enum Trigger {
    /// Before the first word.
    #[default]
    Start,
    /// Behind `EXPLAIN`, which may have words of its own.
    Explain,
    /// Behind `CREATE`.
    Create,
    /// Behind `TRIGGER`.
    Head,
    /// In the body.
    Body {
        /// Whether a `;` or the `BEGIN` was just read.
        between: bool,
    },
    /// No trigger, or one whose body has ended.
    Outside,
}

impl Trigger {
    pub(super) fn take(&mut self, token: Token<'_>) {
        *self = match *self {
            Self::Start if token.is("EXPLAIN") => Self::Explain,
            Self::Start | Self::Explain if token.is("CREATE") => Self::Create,
            Self::Explain if token.is("QUERY") || token.is("PLAN") => Self::Explain,
            Self::Create if token.is("TEMP") || token.is("TEMPORARY") => Self::Create,
            Self::Create if token.is("TRIGGER") => Self::Head,
            Self::Head if token.is("BEGIN") => Self::Body { between: true },
            Self::Head => Self::Head,
            Self::Body { between: true } if token.is("END") => Self::Outside,
            Self::Body { .. } => Self::Body { between: token.is_mark(";") },
            _ => Self::Outside,
        };
    }

    pub(super) const fn is_inside(self) -> bool {
        matches!(self, Self::Body { .. })
    }
}
