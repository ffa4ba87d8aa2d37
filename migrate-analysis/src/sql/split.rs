use migrate_core::{Dialect, Span, graph::Statement};

use super::{
    kind::statement_kind,
    scan::{PieceKind, Scan},
};

/// The statements of a script, and what stands in it that no server understands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The statements, in order. None of them is empty, and none of them overlap.
    pub statements: Vec<Statement>,
    /// What is wrong, in order.
    pub problems: Vec<SplitProblem>,
}

/// Something that keeps a script from being cut into statements with certainty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitProblem {
    /// Where: the opening mark of what is not closed, the statement or the line that does not belong here.
    pub span: Span,
    /// What.
    pub kind: SplitProblemKind,
}

/// The kinds of [`SplitProblem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SplitProblemKind {
    /// A `'` or, on MySQL, a `"` that opens a string is not closed.
    UnterminatedString,
    /// A quoted name is not closed.
    UnterminatedName,
    /// A `/*` is not closed.
    UnterminatedComment,
    /// A dollar quote is not closed.
    UnterminatedDollarQuote,
    /// `COPY .. FROM STDIN`: its rows come from a client and not from the script.
    CopyFromStdin,
    /// A command of `psql`, of the `sqlite3` shell or of the `mysql` client that no server understands.
    ClientCommand,
    /// `DELIMITER` without a delimiter.
    MissingDelimiter,
}

/// Cuts a script into statements.
///
/// `section` is a span of `text`; all spans returned count bytes from the start of `text`. A statement reaches from
/// its first word to its last: it has no comment before it or behind it, and no separator.
///
/// ```
/// use migrate_analysis::sql::split;
/// use migrate_core::{Dialect, Span};
///
/// let text = "-- two\nCREATE TABLE a (id INT); DROP TABLE b -- gone\n;";
/// let split = split(text, Span::new(0, text.len() as u32), Dialect::Sqlite);
/// let texts: Vec<_> = split.statements.iter().map(|statement| statement.span.of(text)).collect();
/// assert_eq!(texts, ["CREATE TABLE a (id INT)", "DROP TABLE b"]);
/// ```
#[must_use]
pub fn split(text: &str, section: Span, dialect: Dialect) -> Split {
    let mut scan = Scan::new(text, section, dialect);
    let mut statements = Vec::new();
    let mut open: Option<Span> = None;
    let mut close = |open: &mut Option<Span>| {
        if let Some(span) = open.take() {
            statements.push(Statement { span, kind: statement_kind(span.of(text), dialect) });
        }
    };
    for piece in &mut scan {
        match piece.kind {
            // A `;` belongs to a statement that has more behind it, and so only where the next token comes.
            PieceKind::Token(_) if piece.text == ";" => {}
            PieceKind::Token(_) => {
                open = Some(Span::new(open.unwrap_or(piece.span).start, piece.span.end));
            }
            PieceKind::Separator(_) | PieceKind::Command => close(&mut open),
            PieceKind::LineComment | PieceKind::BlockComment => {}
        }
    }
    close(&mut open);
    let mut problems = scan.finish();
    problems.sort_by_key(|problem| problem.span);
    Split { statements, problems }
}
