use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Layout, SourceFile},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-section",
    Family::File,
    "a marker, or SQL outside of the sections, that means nothing",
    include_str!("invalid-section.md"),
)
.always();

pub(crate) fn misspelt_marker(file: &Arc<SourceFile>, at: Span, meant: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(RULE.name, format!("{} is no marker", quote(at.of(file.text()).trim())))
        .at(file, at, "");
    match meant {
        Some(meant) => finding.fix(format!("did you mean `{meant}`?"), file, at, meant),
        None => finding.help("the markers are `-- migrate:up` and `-- migrate:down`"),
    }
}

pub(crate) fn unknown_option(file: &Arc<SourceFile>, at: Span, meant: Option<&str>) -> Diagnostic {
    let finding =
        Diagnostic::new(RULE.name, format!("{} is no option of a marker", quote(at.of(file.text()))))
            .at(file, at, "");
    match meant {
        Some(meant) => finding.fix(format!("did you mean `{meant}`?"), file, at, meant),
        None => finding
            .help("the options are `transaction:false` and, of a down section, `irreversible: <reason>`"),
    }
}

pub(crate) fn duplicate_option(file: &Arc<SourceFile>, at: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("the marker has the option {} twice", quote(at.of(file.text()))))
        .at(file, at, "")
        .help("remove one of them")
}

pub(crate) fn misplaced(file: &Arc<SourceFile>, at: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} does not belong in this file", quote(at.of(file.text()).trim())))
        .at(file, at, "")
        .help("a file that ends in `.up.sql` holds the up script alone, one that ends in `.down.sql` the down script")
}

pub(crate) fn sql_outside(file: &Arc<SourceFile>, at: Span, layout: Layout) -> Diagnostic {
    let help = match layout {
        Layout::Goose => "put it below a line `-- +goose Up` or `-- +goose Down`",
        _ => "put it below a line `-- migrate:up` or `-- migrate:down`",
    };
    Diagnostic::new(RULE.name, "this SQL stands in no section, and would never run")
        .at(file, at, "")
        .help(help)
}

/// A file of a tool whose files all have this mark.
pub(crate) fn missing_mark(file: &Arc<SourceFile>, mark: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} has no line `{mark}`", quote(file.name())))
        .about(file)
        .help("without it nothing of the file would run")
}

pub(crate) fn unknown_annotation(file: &Arc<SourceFile>, at: Span, meant: Option<&str>) -> Diagnostic {
    let finding =
        Diagnostic::new(RULE.name, format!("{} is no annotation of goose", quote(at.of(file.text()))))
            .at(file, at, "");
    match meant {
        Some(meant) => {
            let mark = format!("-- +goose {meant}");
            finding.fix(format!("did you mean `{mark}`?"), file, at, mark)
        }
        None => finding.help(
            "they are `Up`, `Down`, `StatementBegin`, `StatementEnd`, `NO TRANSACTION`, `ENVSUB ON` and `ENVSUB OFF`",
        ),
    }
}

/// A block of statements of which one end is not there.
pub(crate) fn half_of_a_block(file: &Arc<SourceFile>, at: Span, missing: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} has no `{missing}`", quote(at.of(file.text()))))
        .at(file, at, "")
        .help("write the other line, or remove this one: statements are told apart without them")
}

pub(crate) fn substitution(file: &Arc<SourceFile>, at: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, "what stands below depends on the environment of whoever runs it")
        .at(file, at, "")
        .help("write the values themselves: a script has to be the same everywhere")
}

pub(crate) fn sql_under_irreversible(file: &Arc<SourceFile>, at: Span) -> Diagnostic {
    Diagnostic::new(
        RULE.name,
        "this SQL stands in a section that is declared irreversible, and would never run",
    )
    .at(file, at, "")
    .help("remove it, or remove `irreversible` from the marker above")
}
