use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule = Rule::new(
    "unreadable-file",
    Family::File,
    "a file or directory cannot be read",
    include_str!("unreadable-file.md"),
)
.always();

pub(crate) fn finding(dir: &str, name: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} cannot be read: {reason}", quote(name)))
        .about(&SourceFile::new(dir, name, ""))
        .help("a file in the migration directory has to be readable, or else not be there")
}
