use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Half, Layout, Part, RevisionFiles, name::file_name},
};

pub(crate) const RULE: Rule = Rule::new(
    "missing-down",
    Family::Reversal,
    "a revision has no down script, and does not say why",
    include_str!("missing-down.md"),
);

/// Of a revision that has this up script and no down section.
pub(crate) fn finding(revision: &RevisionFiles, up: Half<'_>) -> Diagnostic {
    let file = revision.files.iter().find(|file| file.file == *up.file);
    let (dialect, part) = file.map_or((None, Part::Whole), |file| (file.dialect, file.part));
    let place = match (part, revision.layout) {
        (Part::Up, _) => format!("in {}", quote(&file_name(&revision.stem, dialect, Part::Down))),
        (_, Layout::Goose) => "below a line `-- +goose Down`".into(),
        _ => "below a line `-- migrate:down`".into(),
    };
    let finding = Diagnostic::new(RULE.name, "this revision has no down script")
        .at(up.file, up.place(), "this is not taken back")
        .help(format!("write the statements that take it back {place}"));
    if revision.is_foreign() { finding } else { finding.help(super::DECLARE) }
}
