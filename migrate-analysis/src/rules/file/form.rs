//! What the reader of a migration file found, handed to the rules that speak of it.

use std::sync::Arc;

use super::{duplicate_section, invalid_header, invalid_section};
use crate::{
    diagnostic::Diagnostic,
    rules::reversal::irreversible_without_reason,
    source::{FileProblem, FileProblemKind as Kind, Layout, RevisionFiles, SourceFile},
};

pub(crate) fn check(revision: &mut RevisionFiles, findings: &mut Vec<Diagnostic>) {
    for file in &revision.files {
        for problem in &file.parsed.problems {
            findings.push(finding(&file.file, problem, revision.layout));
            match problem.kind {
                // What the file says about the graph is incomplete.
                Kind::MisspeltKey { .. } | Kind::DuplicateKey { .. } => revision.header_failed = true,
                // A half may be missing only because its marker was not understood.
                Kind::MisspeltMarker { .. }
                | Kind::MisplacedSection
                | Kind::SqlOutsideSection
                | Kind::MissingMark { .. }
                | Kind::UnknownAnnotation { .. }
                | Kind::DuplicateSection { .. } => revision.sections_failed = true,
                Kind::InvalidDate
                | Kind::UnknownOption { .. }
                | Kind::DuplicateOption
                | Kind::SqlUnderIrreversible
                | Kind::UnclosedBlock
                | Kind::BlockWithoutBegin
                | Kind::Substitution
                | Kind::IrreversibleWithoutReason => {}
            }
        }
    }
}

fn finding(file: &Arc<SourceFile>, problem: &FileProblem, layout: Layout) -> Diagnostic {
    let at = problem.span;
    match &problem.kind {
        Kind::MisspeltKey { meant } => invalid_header::misspelt_key(file, at, *meant),
        Kind::DuplicateKey { key, first } => invalid_header::duplicate_key(file, at, *key, *first),
        Kind::InvalidDate => invalid_header::invalid_date(file, at),
        Kind::MisspeltMarker { meant } => invalid_section::misspelt_marker(file, at, *meant),
        Kind::UnknownOption { meant } => invalid_section::unknown_option(file, at, *meant),
        Kind::DuplicateOption => invalid_section::duplicate_option(file, at),
        Kind::DuplicateSection { first } => duplicate_section::in_file(file, at, *first),
        Kind::MisplacedSection => invalid_section::misplaced(file, at),
        Kind::SqlOutsideSection => invalid_section::sql_outside(file, at, layout),
        Kind::MissingMark { mark } => invalid_section::missing_mark(file, mark),
        Kind::UnknownAnnotation { meant } => invalid_section::unknown_annotation(file, at, *meant),
        Kind::UnclosedBlock => invalid_section::half_of_a_block(file, at, "-- +goose StatementEnd"),
        Kind::BlockWithoutBegin => invalid_section::half_of_a_block(file, at, "-- +goose StatementBegin"),
        Kind::Substitution => invalid_section::substitution(file, at),
        Kind::SqlUnderIrreversible => invalid_section::sql_under_irreversible(file, at),
        Kind::IrreversibleWithoutReason => irreversible_without_reason::finding(file, at),
    }
}
