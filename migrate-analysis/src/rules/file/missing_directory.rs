use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "missing-directory",
    Family::File,
    "the migration directory does not exist",
    include_str!("missing-directory.md"),
)
.always();

/// There is nothing at this path; `similar` stands beside it.
pub(crate) fn finding(dir: &str, similar: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(RULE.name, format!("the directory {} does not exist", quote(dir)));
    match similar {
        Some(similar) => finding.help(format!("did you mean {}?", quote(similar))),
        None => finding
            .help("create it by `cargo migrate init`, or name another one: `dir = \"..\"` in `migrate.toml`, beside `Cargo.toml`"),
    }
}

/// There is a file at this path.
pub(crate) fn not_a_directory(dir: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is no directory", quote(dir)))
        .help("name the directory that holds the migration files")
}
