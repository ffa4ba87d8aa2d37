use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::SourceFile,
    sql::{SplitProblem, SplitProblemKind as Kind},
};

pub(crate) const RULE: Rule = Rule::new(
    "syntax-error",
    Family::Schema,
    "a script cannot be cut into statements",
    include_str!("syntax-error.md"),
)
.always();

pub(crate) fn finding(file: &Arc<SourceFile>, problem: &SplitProblem) -> Option<Diagnostic> {
    let (message, label, help) = match problem.kind {
        Kind::UnterminatedString => ("this string is not closed", "it begins here", "add the closing `'`"),
        Kind::UnterminatedName => {
            ("this quoted name is not closed", "it begins here", "add the closing quote")
        }
        Kind::UnterminatedComment => ("this comment is not closed", "it begins here", "add the closing `*/`"),
        Kind::UnterminatedDollarQuote => {
            ("this dollar quote is not closed", "it begins here", "repeat the same mark at its end")
        }
        Kind::MissingDelimiter => {
            ("`DELIMITER` has no delimiter", "", "write one that the script does not use: `DELIMITER //`")
        }
        Kind::CopyFromStdin | Kind::ClientCommand => return None,
    };
    Some(Diagnostic::new(RULE.name, message).at(file, problem.span, label).help(help))
}
