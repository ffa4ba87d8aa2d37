use migrate_core::{Dialect, did_you_mean};

use crate::{
    config::{Config, Transaction},
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule, graph::history::History},
    source::Spanned,
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

/// An id in `baseline` that no revision has.
pub(crate) fn check_baseline(config: &Config, history: &History<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = config.file.as_ref().filter(|_| !history.incomplete) else { return };
    let is_known = |id: &&Spanned<String>| history.revisions.iter().any(|member| member.id.value == id.value);
    for (nth, id) in config.baseline.iter().filter(|id| !is_known(id)).enumerate() {
        let message = format!("`baseline` names {}, which is the id of no revision", quote(&id.value));
        let finding = Diagnostic::new(RULE.name, message).at(file, id.span, "");
        findings.push(match history.meant(&id.value, false, nth) {
            Some(meant) => {
                finding.fix(format!("did you mean {}?", quote(meant)), file, id.span, format!("\"{meant}\""))
            }
            None => finding.help("write the full id of the last revision that has been applied everywhere"),
        });
    }
}

/// A label in `branches` that no revision has tells nothing apart.
pub(crate) fn check_branches(config: &Config, history: &History<'_>, findings: &mut Vec<Diagnostic>) {
    // Where nothing is there yet, what is planned may be named.
    let Some(file) = config.file.as_ref().filter(|_| !history.incomplete && !history.revisions.is_empty())
    else {
        return;
    };
    let labels = || history.revisions.iter().flat_map(|member| &member.header.labels);
    for branch in config.branches.iter().filter(|branch| labels().all(|label| label.value != branch.value)) {
        let message = format!("`branches` names {}, which is the label of no revision", quote(&branch.value));
        let finding = Diagnostic::new(RULE.name, message).at(file, branch.span, "");
        findings.push(match did_you_mean(&branch.value, labels().map(|label| &*label.value)) {
            Some(meant) => {
                finding.fix(format!("did you mean `{meant}`?"), file, branch.span, format!("\"{meant}\""))
            }
            None => finding
                .help(format!(
                    "add `-- labels: {}` to the header of the branch's first revision",
                    branch.value
                ))
                .help("or remove it"),
        });
    }
}
