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
)
.always();

/// What each key says for itself is checked where it is read; here is what they say together.
pub(crate) fn check(config: &Config, findings: &mut Vec<Diagnostic>) {
    if config.transaction() != Transaction::Upgrade || !config.databases.contains(&Dialect::Mysql) {
        return;
    }
    let message = "`transaction = \"upgrade\"` is impossible on MySQL and MariaDB";
    let help = "their schema changes commit by themselves: write `transaction = \"step\"`, or keep `mysql` in a \
                package of its own";
    let finding = Diagnostic::new(RULE.name, message).help(help);
    findings.push(match (&config.file, &config.transaction) {
        (Some(file), Some(transaction)) => finding.at(file, transaction.span, ""),
        _ => finding,
    });
}
