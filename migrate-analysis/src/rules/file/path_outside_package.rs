use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule = Rule::new(
    "path-outside-package",
    Family::File,
    "a path leads out of the package",
    include_str!("path-outside-package.md"),
)
.always();

const WHY: &str = "what lies outside is not there when the package is built elsewhere";

/// The migration directory.
pub(crate) fn of_directory(dir: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("the path {} leads out of the package", quote(dir)))
        .help(format!("name a directory within the package, by a path without `..`: {WHY}"))
}

/// A link in the migration directory.
pub(crate) fn of_link(dir: &str, name: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("the link {} leads out of the package", quote(name)))
        .about(&SourceFile::new(dir, name, ""))
        .help(format!("put the file itself here: {WHY}"))
}
