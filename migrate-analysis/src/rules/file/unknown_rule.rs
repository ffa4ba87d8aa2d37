use std::sync::Arc;

use migrate_core::{Span, did_you_mean};

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, RULES, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule = Rule::new(
    "unknown-rule",
    Family::File,
    "a rule is named that does not exist",
    include_str!("unknown-rule.md"),
)
.always();

/// The name stands at these bytes.
pub(crate) fn finding(file: &Arc<SourceFile>, name: &str, at: Span) -> Diagnostic {
    let finding = Diagnostic::new(RULE.name, format!("there is no rule {}", quote(name))).at(file, at, "");
    match did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
        // The place may be a quoted string of TOML.
        Some(meant) => {
            let written = at.of(file.text()).replace(name, meant);
            finding.fix(format!("did you mean `{meant}`?"), file, at, written)
        }
        None => finding.help("every message ends in the name of its rule, in square brackets"),
    }
}
