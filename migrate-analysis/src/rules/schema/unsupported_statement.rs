use std::sync::Arc;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::SourceFile,
    sql::{SplitProblem, SplitProblemKind as Kind},
};

pub(crate) const RULE: Rule = Rule::new(
    "unsupported-statement",
    Family::Schema,
    "a statement that no server of this kind understands",
    include_str!("unsupported-statement.md"),
)
.always();

pub(crate) fn finding(file: &Arc<SourceFile>, problem: &SplitProblem) -> Option<Diagnostic> {
    let finding = match problem.kind {
        Kind::ClientCommand => {
            let message = format!("{} is a command of a client program", quote(problem.span.of(file.text())));
            Diagnostic::new(RULE.name, message)
                .help("no server understands it: remove it, or write it as SQL")
        }
        Kind::CopyFromStdin => {
            Diagnostic::new(RULE.name, "`COPY .. FROM STDIN` takes its rows from a client program")
                .help("write the rows as `INSERT INTO .. VALUES (..), (..)`")
        }
        Kind::UnterminatedString
        | Kind::UnterminatedName
        | Kind::UnterminatedComment
        | Kind::UnterminatedDollarQuote
        | Kind::MissingDelimiter => return None,
    };
    Some(finding.at(file, problem.span, ""))
}
