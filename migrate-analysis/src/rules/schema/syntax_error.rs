use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    replay::Site,
    rules::{Family, Rule},
    source::SourceFile,
    sql::{GrammarError, SplitProblem, SplitProblemKind as Kind},
};

pub(crate) const RULE: Rule = Rule::new(
    "syntax-error",
    Family::Schema,
    "a script is no SQL that its database understands",
    include_str!("syntax-error.md"),
)
.always();

/// Of a statement that the grammar of its database does not accept.
pub(crate) fn in_statement(site: &Site<'_>) -> Option<Diagnostic> {
    let finding = |error: &GrammarError| Diagnostic::new(RULE.name, &*error.message);
    if let Some(error) = site.statement.lowered.errors.first() {
        return Some(site.at_bytes(finding(error), error.span, ""));
    }
    let effect = site.statement.effect.as_ref()?;
    let error = effect.statements.iter().find_map(|(_, lowered)| lowered.errors.first())?;
    Some(site.at(finding(error), None, "in this effect"))
}

/// Of a script that cannot be cut into statements.
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
