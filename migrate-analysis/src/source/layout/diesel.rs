//! Diesel: a folder for each revision.

use std::sync::Arc;

use migrate_core::Span;
use toml::de::{DeTable, DeValue};

use crate::{diagnostic::Diagnostic, rules::file::invalid_header, source::SourceFile};

/// Whether `metadata.toml` lets the scripts run in a transaction.
///
/// Diesel takes a file without the key for a `false`, and one that it cannot read for a `true`.
pub(super) fn transaction(metadata: &Arc<SourceFile>, findings: &mut Vec<Diagnostic>) -> bool {
    const KEY: &str = "run_in_transaction";
    let refused = |findings: &mut Vec<Diagnostic>, span: Option<std::ops::Range<usize>>, reason: &str| {
        let at = span.map_or(Span::EMPTY, |span| Span::new(span.start as u32, span.end as u32));
        findings.push(invalid_header::metadata(metadata, at, reason));
        true
    };
    match DeTable::parse(metadata.text()) {
        Ok(table) => match table.get_ref().get(KEY) {
            None => false,
            Some(value) => match value.get_ref() {
                DeValue::Boolean(transaction) => *transaction,
                _ => refused(findings, Some(value.span()), "`run_in_transaction` is `true` or `false`"),
            },
        },
        Err(error) => refused(findings, error.span(), error.message()),
    }
}
