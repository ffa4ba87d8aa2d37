use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule = Rule::new(
    "unused-allow",
    Family::File,
    "a rule is silenced that finds nothing there",
    include_str!("unused-allow.md"),
)
.level(Level::Warn);

/// The entry of `migrate.toml` at these bytes names a file or a revision that is not there.
pub(crate) fn of_nothing(file: &Arc<SourceFile>, name: &str, meant: Option<&str>, at: Span) -> Diagnostic {
    let message = format!("there is no file or revision {}", quote(name));
    let help = meant.map_or("remove it".into(), |meant| format!("did you mean {}?", quote(meant)));
    Diagnostic::new(RULE.name, message).at(file, at, "").help(help)
}

/// The entry at these bytes silences nothing.
pub(crate) fn finding(file: &Arc<SourceFile>, rule: &Rule, at: Span) -> Diagnostic {
    if rule.adjustable {
        let message = format!("`{}` finds nothing here that could be allowed", rule.name);
        return Diagnostic::new(RULE.name, message).at(file, at, "").help("remove it");
    }
    Diagnostic::new(RULE.name, format!("`{}` cannot be allowed", rule.name))
        .at(file, at, "")
        .help("remove it: what this rule finds can be neither built nor run")
}
