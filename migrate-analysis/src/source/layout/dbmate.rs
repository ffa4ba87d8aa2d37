//! dbmate: the marks of the native layout, without a header.

use migrate_core::Dialect;

use crate::source::{
    FileProblemKind as Kind, ParsedFile, Part, marker::is_mark_of_dbmate, parse as parse_native,
};

/// Reads a file of dbmate. It takes any blanks before `migrate:up`, and does not look at options that it does not know.
pub(super) fn parse(text: &str, dialects: &[Dialect]) -> ParsedFile {
    let mut file = parse_native(text, Part::Whole, dialects);
    file.problems.retain(|problem| match problem.kind {
        Kind::MisspeltMarker { .. } => !is_mark_of_dbmate(problem.span.of(text)),
        Kind::UnknownOption { .. } | Kind::DuplicateOption => false,
        Kind::MisspeltKey { .. } | Kind::DuplicateKey { .. } | Kind::InvalidDate => false,
        _ => true,
    });
    file
}
