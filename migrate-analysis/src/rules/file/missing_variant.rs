use migrate_core::Dialect;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Part, RevisionFiles, name::file_name},
};

pub(crate) const RULE: Rule = Rule::new(
    "missing-variant",
    Family::File,
    "a revision has no script for one of the databases",
    include_str!("missing-variant.md"),
)
.always();

/// Of a revision that has an up script for other databases, but none for this one.
pub(crate) fn finding(revision: &RevisionFiles, dialect: Dialect) -> Diagnostic {
    let stem = &revision.stem;
    let pair = revision.files.iter().any(|file| file.part == Part::Up);
    let part = if pair { Part::Up } else { Part::Whole };
    let message = format!("this revision has no script for `{dialect}`");
    let help = format!(
        "write {}, or one that is right for all databases in {}",
        quote(&file_name(stem, Some(dialect), part)),
        quote(&file_name(stem, None, part)),
    );
    revision.at_id(Diagnostic::new(RULE.name, message).help(help), "")
}
