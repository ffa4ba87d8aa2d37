//! A long history is checked in time linear in its length: a quadratic step would make this test run for minutes.

use std::fmt::Write as _;

use migrate_analysis::{check, config::Config, source::Sources};
use migrate_core::Dialect;

const REVISIONS: usize = 10_000;

/// The same for what is replayed both ways: whoever drops a table looks for what depends on it, everywhere.
const REPLAYED: usize = 2_000;

/// A history in threes: two revisions at once and their merge, some with labels and dependencies.
fn history(length: usize) -> Vec<(String, String)> {
    let file = |number: usize| {
        let parents = match number {
            0 => String::new(),
            _ if number.is_multiple_of(3) => format!("r{:05}, r{:05}", number - 1, number - 2),
            _ => format!("r{:05}", number - number % 3),
        };
        let mut text = format!("-- step {number}\n--\n-- revision: r{number:05}\n-- revises: {parents}\n");
        if number % 300 == 2 {
            let _ = writeln!(text, "-- labels: label-{number}\n-- depends-on: r{:05}", number - 1);
        }
        let _ = write!(
            text,
            "\n-- migrate:up\nCREATE TABLE t{number} (id INTEGER);\nCREATE INDEX i{number} ON t{number} (id);\n\
             \n-- migrate:down\nDROP TABLE t{number};\n"
        );
        (format!("{number:05}_step.sql"), text)
    };
    (0..length).map(file).collect()
}

fn check_files(files: &[(String, String)]) -> migrate_analysis::Report {
    let config = Config { databases: Dialect::ALL.into(), ..Config::default() };
    check(&Sources::new("migrations", files.iter().map(|(name, text)| (&**name, &**text))), &config)
}

#[test]
fn two_thousand_revisions_are_checked() {
    let report = check_files(&history(REPLAYED));
    assert_eq!(report.diagnostics, []);
    assert!(report.editions.iter().all(|edition| edition.graph.len() == REPLAYED));
}

#[test]
fn ten_thousand_errors_are_found() {
    let mut files = history(REVISIONS);
    for (_, text) in &mut files {
        *text = text.replace("-- revises: r", "-- revises: q").replace("-- migrate:down\n", "");
    }
    let report = check_files(&files);
    assert!(report.errors().count() > REVISIONS, "{}", report.diagnostics.len());
}
