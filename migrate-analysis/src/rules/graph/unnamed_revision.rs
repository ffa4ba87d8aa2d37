use super::history::History;
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "unnamed-revision",
    Family::Graph,
    "the message of a revision says nothing (`update`, `fix`)",
    include_str!("unnamed-revision.md"),
)
.level(Level::Allow);

/// Words that are true of any revision.
const EMPTY_WORDS: [&str; 14] = [
    "change",
    "changes",
    "database",
    "fix",
    "fixes",
    "migration",
    "misc",
    "new",
    "revision",
    "schema",
    "test",
    "update",
    "updates",
    "wip",
];

pub(crate) fn check(history: &History<'_>, findings: &mut Vec<Diagnostic>) {
    for member in &history.revisions {
        let message = &member.header.message;
        let mut words = message.value.split_whitespace().map(str::to_lowercase);
        if !words.all(|word| EMPTY_WORDS.contains(&&*word)) {
            continue;
        }
        let help = "say what it does, in the first line of the file: `-- add priority to tasks`";
        findings.push(if message.value.trim().is_empty() {
            member.at_id(Diagnostic::new(RULE.name, "this revision has no message").help(help), "")
        } else {
            let text = format!("{} does not say what the revision does", quote(&message.value));
            member.at(Diagnostic::new(RULE.name, text).help(help), message.span, "")
        });
    }
}
