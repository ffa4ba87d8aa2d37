use crate::{
    diagnostic::{Diagnostic, quote},
    replay::Site,
    rules::{Family, Level, Rule},
    sql::OpaqueReason,
};

pub(crate) const RULE: Rule = Rule::new(
    "opaque-statement",
    Family::Schema,
    "a statement of which nobody can tell what it does",
    include_str!("opaque-statement.md"),
)
.level(Level::Allow);

/// Of a statement that is not understood, and whose author does not say what it does.
pub(crate) fn finding(site: &Site<'_>) -> Option<Diagnostic> {
    let lowered = &site.statement.lowered;
    if site.statement.effect.is_some() || !lowered.errors.is_empty() {
        return None;
    }
    let why = match lowered.opaque? {
        OpaqueReason::NoGrammar => return None,
        OpaqueReason::NotParsed => "the grammar does not know it",
        OpaqueReason::Code => "it runs code",
        OpaqueReason::NoOperation => "no operation stands for it",
    };
    let message = format!("nobody can tell what {} does: {why}", quote(site.text()));
    Some(
        site.at(Diagnostic::new(RULE.name, message), None, "what it names is unknown from here on")
            .help("say what it does in a line above it: `-- effect: <sql>`, or `-- effect: none`"),
    )
}
