use migrate_analysis::diagnostic::Diagnostic;

/// A line a piece of advice, for what shows texts to people but knows no advice. A change is advice by its title.
pub(super) fn advice(finding: &Diagnostic) -> impl Iterator<Item = String> {
    let titles = finding.fix.iter().map(|fix| &fix.title);
    finding.help.iter().chain(titles).map(|help| format!("help: {help}"))
}
