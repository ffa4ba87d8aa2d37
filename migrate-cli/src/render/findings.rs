//! The findings that every renderer shows in its test.

use std::sync::Arc;

use migrate_analysis::{
    diagnostic::{Diagnostic, Fix, Label, Severity},
    source::SourceFile,
};
use migrate_core::Span;

/// An error and a warning, with a place, without one, about a whole file; letters of several bytes and of two UTF-16 code
/// units; CRLF, a byte order mark, and no end of the last line; other files, advice, and a change; names and texts that
/// have to be escaped.
pub(super) fn findings() -> Vec<Diagnostic> {
    let crlf = file("1_create_tasks.sql", "-- create tasks\r\n-- revision: a\r\n\r\nBEGIN;\r\nCOMMIT;\r\n");
    let bom = file("2_add_owner.sql", "\u{feff}-- revision: b\n-- revises: a\n");
    let wide = file("3_größe.sql", "-- añade 🦀\n-- revises: 🦀🦀, größe2");
    let odd = file("50%, #1: neu?.sqll", "");
    vec![
        Diagnostic {
            help: vec!["in `Cargo.toml`: `features = [\"sqlite\"]`".into()],
            ..finding("feature-missing", "the feature `sqlite` is not enabled")
        },
        Diagnostic {
            primary: Some(Label::file(&odd)),
            ..finding("unrecognised-file", "`50%, #1: neu?.sqll` is no migration")
        },
        Diagnostic {
            primary: Some(Label::new(&crlf, span(&crlf, "BEGIN;\r\nCOMMIT"), "100% of it")),
            help: vec!["remove it".into(), "or say so: `transaction:false`".into()],
            ..finding("transaction-control", "`BEGIN` begins or ends a transaction")
        },
        Diagnostic {
            severity: Severity::Warning,
            primary: Some(Label::new(&bom, span(&bom, "-- revision: b"), "made earlier")),
            secondary: vec![
                Label::new(&crlf, span(&crlf, "-- revision: a"), "than this"),
                Label::new(&wide, span(&wide, "🦀\n"), ""),
            ],
            ..finding("later-date-than-child", "`a` was made after `b`")
        },
        Diagnostic {
            primary: Some(Label::new(&wide, span(&wide, "größe2"), "no revision has this id")),
            fix: Some(Fix {
                title: "did you mean `größe1`?".into(),
                file: Arc::clone(&wide),
                span: span(&wide, "größe2"),
                replacement: "größe1".into(),
            }),
            ..finding("unknown-parent", "unknown parent `größe2`")
        },
    ]
}

fn file(name: &str, text: &str) -> Arc<SourceFile> {
    SourceFile::new("migrations", name, text)
}

fn span(file: &SourceFile, part: &str) -> Span {
    let start = file.text().rfind(part).expect("the file has this part");
    Span::new(start as u32, (start + part.len()) as u32)
}

fn finding(rule: &'static str, message: &str) -> Diagnostic {
    Diagnostic {
        rule,
        severity: Severity::Error,
        message: message.into(),
        primary: None,
        secondary: Vec::new(),
        help: Vec::new(),
        fix: None,
    }
}
