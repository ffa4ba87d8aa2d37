use std::sync::Arc;

use migrate_core::graph::{Statement, StatementKind};

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Layout, SourceFile},
};

pub(crate) const RULE: Rule = Rule::new(
    "transaction-control",
    Family::Schema,
    "a script begins or ends a transaction",
    include_str!("transaction-control.md"),
)
.always();

/// Checks the statements of a script.
pub(crate) fn check(
    file: &Arc<SourceFile>,
    statements: &[Statement],
    transaction: bool,
    layout: Layout,
    findings: &mut Vec<Diagnostic>,
) {
    let control = statements.iter().filter(|statement| statement.kind == StatementKind::TransactionControl);
    findings.extend(control.map(|statement| {
        let text = statement.span.of(file.text());
        let message = format!("{} begins or ends a transaction", quote(text));
        let finding = Diagnostic::new(RULE.name, message).at(file, statement.span, "");
        if transaction {
            let finding = finding
                .help("remove it: the runner opens the transaction itself, and records the step in it");
            match layout.without_transaction() {
                Some(mark) => {
                    finding.help(format!("a script that cannot run in a transaction says so: {mark}"))
                }
                None => finding,
            }
        } else {
            finding
                .help("remove it: after a failure the runner has to know what was committed")
                .help("what belongs in one transaction belongs in a revision of its own, which runs in one")
        }
    }));
}
