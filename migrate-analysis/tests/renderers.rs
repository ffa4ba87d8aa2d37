//! The renderers, where they differ from each other and from what `tests/findings` shows.

mod support;

use std::fmt::Write as _;

use migrate_analysis::{
    Report,
    diagnostic::{compile_error, text},
};

/// A chain in which this many revisions have no down script.
fn without_down(count: usize) -> Report {
    let package = (0..count).fold(String::new(), |mut text, number| {
        let parent = number.checked_sub(1).map(|parent| format!("r{parent}")).unwrap_or_default();
        let _ = write!(
            text,
            "== migrations/{number:02}.sql ==\n-- step {number}\n-- revision: r{number}\n-- revises: {parent}\n\
             -- migrate:up\nCREATE TABLE t{number} (id INTEGER);\n"
        );
        text
    });
    support::check_package(&package)
}

#[test]
fn the_compiler_shows_twenty_errors_and_counts_the_others() {
    let errors = |count| compile_error::errors(&without_down(count).diagnostics);
    assert_eq!(errors(1).len(), 1);
    assert_eq!(errors(20).len(), 20);
    assert!(
        errors(20).iter().all(|error| error.starts_with("this revision has no down script [missing-down]\n"))
    );
    assert_eq!(errors(21).len(), 21);
    assert_eq!(errors(21).last().unwrap(), "1 more error: `cargo migrate check` lists all of them");
    assert_eq!(errors(25).last().unwrap(), "5 more errors: `cargo migrate check` lists all of them");
}

#[test]
fn a_text_for_the_compiler_begins_with_the_message_and_has_no_colours() {
    let report = without_down(1);
    insta::assert_snapshot!(compile_error::render(&report.diagnostics[0]), @"
    this revision has no down script [missing-down]
     --> migrations/00.sql:4:1
      |
    4 | -- migrate:up
      | ^^^^^^^^^^^^^ this is not taken back
      |
      = help: write the statements that take it back below a line `-- migrate:down`
      = help: or declare that there is no way back: `-- migrate:down irreversible: <reason>`
    ");
}

#[test]
fn a_terminal_gets_colours_on_request_only() {
    let report = without_down(1);
    let [plain, coloured] = [false, true].map(|colour| text::render(&report.diagnostics[0], colour));
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(anstripped(&coloured), plain);
}

/// The text without its colours.
fn anstripped(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}
