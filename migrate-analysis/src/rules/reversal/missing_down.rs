use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Half, Part, RevisionFiles},
};

pub(crate) const RULE: Rule = Rule::new(
    "missing-down",
    Family::Reversal,
    "a revision has no down script, and does not say why",
    include_str!("missing-down.md"),
);

/// Of a revision that has this up script and no down section.
pub(crate) fn finding(revision: &RevisionFiles, up: Half<'_>) -> Diagnostic {
    let pair = revision.files.iter().find(|file| file.part == Part::Up && file.file == *up.file);
    let place = match pair {
        Some(file) => {
            let down = file.file.name().strip_suffix(".up.sql").map(|stem| format!("{stem}.down.sql"));
            format!("in {}", quote(&down.unwrap_or_default()))
        }
        None => "below a line `-- migrate:down`".into(),
    };
    Diagnostic::new(RULE.name, "this revision has no down script")
        .at(up.file, up.place(), "this is not taken back")
        .help(format!("write the statements that take it back {place}"))
        .help("or declare that there is no way back: `-- migrate:down irreversible: <reason>`")
}
