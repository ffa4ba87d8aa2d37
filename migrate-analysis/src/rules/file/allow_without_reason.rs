use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Allow, SourceFile},
};

pub(crate) const RULE: Rule = Rule::new(
    "allow-without-reason",
    Family::File,
    "a rule is silenced, and nothing says why",
    include_str!("allow-without-reason.md"),
)
.always();

/// `-- allow: <rule>` in a migration file.
pub(crate) fn in_file(file: &Arc<SourceFile>, allow: &Allow) -> Diagnostic {
    let help = format!("say why, after a comma: `-- allow: {}, <reason>`", allow.rule.value);
    finding(file, &allow.rule.value, allow.span).help(help)
}

/// `[[allow]]` in `migrate.toml`.
pub(crate) fn in_configuration(file: &Arc<SourceFile>, rule: &str, at: Span) -> Diagnostic {
    finding(file, rule, at).help("add `reason = \"..\"`")
}

fn finding(file: &Arc<SourceFile>, rule: &str, at: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is allowed without a reason", quote(rule))).at(file, at, "")
}
