//! The renderer for `compile_error!` and for the compiler's warnings.
//!
//! The compiler writes `error: ` before the text and indents the lines that follow, so there are no colours and no
//! severity here.

use annotate_snippets::{Group, Renderer};

use super::{Diagnostic, Severity, snippet};

/// How many errors the compiler shows; the others are counted.
pub const LIMIT: usize = 20;

/// One finding. The first line is `message [rule]`; the places and the advice follow. There is no line break at the
/// end.
#[must_use]
pub fn render(finding: &Diagnostic) -> String {
    let level = snippet::level(finding.severity);
    let mut groups = vec![Group::with_level(level).elements(snippet::elements(finding))];
    groups.extend(finding.fix.as_ref().map(snippet::patch));
    groups.retain(|group| !group.is_empty());
    let first = format!("{} [{}]", finding.message, finding.rule);
    if groups.is_empty() {
        return first;
    }
    format!("{first}\n{}", Renderer::plain().render(&groups))
}

/// The errors among the findings, a text each, [`LIMIT`] at most; one more text then counts the rest.
#[must_use]
pub fn errors(findings: &[Diagnostic]) -> Vec<String> {
    let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut texts: Vec<String> = errors().take(LIMIT).map(render).collect();
    match errors().skip(LIMIT).count() {
        0 => {}
        1 => texts.push("1 more error: `cargo migrate check` lists all of them".into()),
        rest => texts.push(format!("{rest} more errors: `cargo migrate check` lists all of them")),
    }
    texts
}
