use super::Level;
use crate::{
    config::Config,
    diagnostic::{Diagnostic, Severity},
};

/// Gives the findings the severities that `[rules]` asks for, leaves out those of rules that are off, and puts them in
/// order: what stands in no file first, then by file and place.
pub(crate) fn apply(config: &Config, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut shown: Vec<Diagnostic> =
        findings.into_iter().filter_map(|finding| leveled(config, finding)).collect();
    shown.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    // A script that several databases read is at fault once.
    shown.dedup_by(|a, b| a.sort_key() == b.sort_key());
    shown
}

/// Does the same with findings about what has shipped, which are warnings whatever the level.
pub(crate) fn apply_to_shipped(config: &Config, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = apply(config, findings);
    for finding in &mut findings {
        finding.severity = Severity::Warning;
    }
    findings
}

/// The finding with the severity of its rule; `None` where the rule is off.
fn leveled(config: &Config, mut finding: Diagnostic) -> Option<Diagnostic> {
    let rule = super::find(finding.rule)?;
    let by_default = if rule.since <= config.rule_set { rule.level } else { Level::Allow };
    let asked_for = config.levels.get(rule.name).copied();
    let severity = match asked_for.unwrap_or(by_default) {
        Level::Allow => return None,
        Level::Warn => Severity::Warning,
        Level::Deny => Severity::Error,
    };
    // Until here the severity is the most that the finding may be by itself.
    finding.severity = if asked_for.is_some() { severity } else { severity.min(finding.severity) };
    Some(finding)
}
