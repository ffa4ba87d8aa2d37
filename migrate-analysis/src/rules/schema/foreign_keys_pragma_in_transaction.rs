use migrate_core::operation::Operation;

use crate::{
    diagnostic::{Diagnostic, quote},
    replay::Site,
    rules::{Family, Level, Rule},
    sql,
};

pub(crate) const RULE: Rule = Rule::new(
    "foreign-keys-pragma-in-transaction",
    Family::Schema,
    "foreign keys are switched in a transaction, where that does nothing",
    include_str!("foreign-keys-pragma-in-transaction.md"),
)
.level(Level::Warn);

pub(crate) fn finding(site: &Site<'_>) -> Option<Diagnostic> {
    let is_switch = site.script.transaction && sql::switches_foreign_keys(site.text(), site.script.dialect);
    let does_nothing = |operation: &Operation| !matches!(operation, Operation::Opaque { .. });
    (is_switch && site.statement.operations().all(does_nothing)).then(|| {
        let message = format!("{} does nothing in a transaction", quote(site.text()));
        site.at_bytes(Diagnostic::new(RULE.name, message), sql::beginning(site.text()), "")
            .help("remove it: foreign keys are off while a step runs, and checked at its end")
    })
}
