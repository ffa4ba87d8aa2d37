use migrate_core::{Dialect, Span};

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Part, RevisionFiles},
};

pub(crate) const RULE: Rule = Rule::new(
    "missing-variant",
    Family::File,
    "a revision has no script for one of the databases",
    include_str!("missing-variant.md"),
)
.always();

/// Of a revision that has an up script for other databases, but none for this one.
pub(crate) fn finding(revision: &RevisionFiles, dialect: Dialect) -> Option<Diagnostic> {
    let first = revision.files.first()?;
    let stem = &revision.stem;
    let pair = revision.files.iter().any(|file| file.part == Part::Up);
    let ending = if pair { "up.sql" } else { "sql" };
    let (file, span) = match (revision.header(), revision.id()) {
        (Some((file, _)), Some(id)) => (file, id.span),
        _ => (&first.file, Span::EMPTY),
    };
    let message = format!("this revision has no script for `{dialect}`");
    let help = format!(
        "write {}, or one that is right for all databases in {}",
        quote(&format!("{stem}.{dialect}.{ending}")),
        quote(&format!("{stem}.{ending}")),
    );
    Some(Diagnostic::new(RULE.name, message).at(file, span, "").help(help))
}
