use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::RevisionFiles,
};

pub(crate) const RULE: Rule = Rule::new(
    "out-of-order-version",
    Family::Graph,
    "a new version is lower than one that the lock file lists",
    include_str!("out-of-order-version.md"),
);

/// The lock file does not list the revision, and lists one of a higher version.
pub(crate) fn finding(revision: &RevisionFiles, listed: &str) -> Diagnostic {
    let id = revision.id().map_or("", |id| &id.value);
    let message = format!(
        "the version {} is new, and lower than {}, which is in the lock file",
        quote(id),
        quote(listed)
    );
    let finding = Diagnostic::new(RULE.name, message)
        .help("`cargo migrate rebase` gives it a version behind all others")
        .help("where it came first it would never have been applied");
    revision.at_id(finding, "")
}
