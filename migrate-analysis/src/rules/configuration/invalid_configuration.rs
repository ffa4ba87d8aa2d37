use migrate_core::Dialect;

use crate::{
    config::{Config, Transaction},
    diagnostic::Diagnostic,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-configuration",
    Family::Configuration,
    "`migrate.toml` has an unknown key, a wrong value, or two that contradict each other",
    include_str!("invalid-configuration.md"),
)
.always();

/// What each key says for itself is checked where it is read; here is what they say together.
pub(crate) fn check(config: &Config, findings: &mut Vec<Diagnostic>) {
    let commits_by_itself = |dialect: &&Dialect| !dialect.capabilities().transactional_ddl;
    let Some(dialect) = config.databases.iter().find(commits_by_itself) else { return };
    if config.transaction() != Transaction::Upgrade {
        return;
    }
    let message = format!("`transaction = \"upgrade\"` is impossible for `{dialect}`");
    let help = "its schema changes commit by themselves: write `transaction = \"step\"`";
    let finding = Diagnostic::new(RULE.name, message).help(help);
    findings.push(match (&config.file, &config.transaction) {
        (Some(file), Some(transaction)) => finding.at(file, transaction.span, ""),
        _ => finding,
    });
}
