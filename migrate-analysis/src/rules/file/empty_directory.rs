use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Level, Rule},
    source::Sources,
};

pub(crate) const RULE: Rule = Rule::new(
    "empty-directory",
    Family::File,
    "the migration directory has no migration",
    include_str!("empty-directory.md"),
)
.level(Level::Warn);

pub(crate) fn check(sources: &Sources, findings: &mut Vec<Diagnostic>) {
    if !sources.files().is_empty() || !sources.findings().is_empty() {
        return;
    }
    let message = format!("the directory {} has no migration", quote(sources.dir()));
    findings.push(Diagnostic::new(RULE.name, message).help("nothing will be applied until there is one"));
}
