//! The tests that found no server.
//!
//! The test harness knows no test that skips itself. Such a test appends a line `name: why` to the file that
//! an environment variable names, and returns.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

/// The environment variable that names the file.
pub(crate) const VARIABLE: &str = "MIGRATE_TEST_SKIPPED";

/// The name of each skipped test, and the first reason that it gave.
pub(crate) type Skipped = BTreeMap<String, String>;

/// Reads the file; without a file no test was skipped.
pub(crate) fn read(path: &Path) -> Result<Skipped> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(parse(&text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Skipped::new()),
        Err(error) => Err(error).context("cannot read the list of skipped tests"),
    }
}

fn parse(text: &str) -> Skipped {
    let mut skipped = Skipped::new();
    for line in text.lines() {
        let (test, why) = line.split_once(": ").unwrap_or((line, "no reason given"));
        skipped.entry(test.to_owned()).or_insert_with(|| why.to_owned());
    }
    skipped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_misses_two_servers_counts_once() {
        let skipped = parse("runtime::boot::asks_once: no A\nruntime::boot::asks_once: no B\nother: no A\n");
        let lines: Vec<_> = skipped.iter().map(|(test, why)| format!("{test}: {why}")).collect();
        assert_eq!(lines, ["other: no A", "runtime::boot::asks_once: no A"]);
    }

    #[test]
    fn without_a_file_nothing_was_skipped() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("skipped")).unwrap().is_empty());
    }
}
