use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "feature-missing",
    Family::Configuration,
    "a database is named whose Cargo feature is not enabled",
    include_str!("feature-missing.md"),
)
.always();

pub(crate) fn check(config: &Config, findings: &mut Vec<Diagnostic>) {
    for dialect in config.databases.iter().filter(|dialect| !config.features.contains(dialect)) {
        let message = format!("the feature `{dialect}` of `migrate-runtime` is not enabled");
        let help = format!("in `Cargo.toml`: `migrate-runtime = {{ .., features = [\"{dialect}\"] }}`");
        findings.push(Diagnostic::new(RULE.name, message).help(help));
    }
}
