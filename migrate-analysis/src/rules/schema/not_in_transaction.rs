use crate::{
    diagnostic::{Diagnostic, quote},
    replay::Site,
    rules::{Family, Rule},
    sql,
};

pub(crate) const RULE: Rule = Rule::new(
    "not-in-transaction",
    Family::Schema,
    "a statement that runs in no transaction stands in a script that runs in one",
    include_str!("not-in-transaction.md"),
);

pub(crate) fn finding(site: &Site<'_>) -> Option<Diagnostic> {
    let refuses = site.script.transaction && sql::refuses_transaction(site.text(), site.script.dialect);
    refuses.then(|| {
        let message = format!("{} cannot run in a transaction, and this script is one", quote(site.text()));
        let finding = site.at_bytes(Diagnostic::new(RULE.name, message), sql::beginning(site.text()), "");
        let finding = match site.script.layout.without_transaction() {
            Some(mark) => finding.help(format!("let the script do without: {mark}")),
            None => finding,
        };
        finding.help("and give it a revision of its own, for what ran before a failure stays")
    })
}
