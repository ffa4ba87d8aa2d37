use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::Diagnostic,
    rules::{Family, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule = Rule::new(
    "irreversible-without-reason",
    Family::Reversal,
    "a revision is declared irreversible, and nothing says why",
    include_str!("irreversible-without-reason.md"),
);

pub(crate) fn finding(file: &Arc<SourceFile>, at: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, "`irreversible` has no reason")
        .at(file, at, "")
        .help("say why there is no way back: `-- migrate:down irreversible: the old values are gone`")
}
