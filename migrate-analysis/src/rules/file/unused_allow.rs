use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Level, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule =
    Rule::new("unused-allow", Family::File, "a rule is silenced that finds nothing there").level(Level::Warn);

/// The entry at these bytes silences nothing.
pub(crate) fn finding(file: &Arc<SourceFile>, rule: &Rule, at: Span) -> Diagnostic {
    if rule.adjustable {
        let message = format!("`{}` finds nothing here that could be allowed", rule.name);
        return Diagnostic::new(RULE.name, message).at(file, at, "").help("remove it");
    }
    Diagnostic::new(RULE.name, format!("`{}` cannot be allowed", rule.name))
        .at(file, at, "")
        .help("remove it: without this rule there is no graph to build")
}
