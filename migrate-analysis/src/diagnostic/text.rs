//! The renderer for people at a terminal.

use annotate_snippets::Renderer;

use super::{Diagnostic, snippet};

/// One finding: `severity[rule]: message`, the places, the advice; in ANSI colours or without. There is no line break
/// at the end.
#[must_use]
pub fn render(finding: &Diagnostic, colour: bool) -> String {
    let title = snippet::level(finding.severity).primary_title(&*finding.message).id(finding.rule);
    let mut groups = vec![title.elements(snippet::elements(finding))];
    groups.extend(finding.fix.as_ref().map(snippet::patch));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}
