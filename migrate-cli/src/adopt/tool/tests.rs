use std::fmt::Write as _;

use super::{Comparison, TOOLS, Tool};
use crate::adopt::ledger::{Entry, Ledger};

fn tool(name: &str) -> &'static dyn Tool {
    TOOLS.into_iter().find(|tool| tool.name() == name).expect("a tool of this name")
}

/// What a tool makes of rows: a line is a row, its cells have `|` between them, and `-` is NULL.
fn read(name: &str, rows: &str) -> String {
    let cell = |cell: &str| (cell != "-").then(|| cell.to_owned());
    let rows: Vec<_> = rows.lines().map(|row| row.trim().split('|').map(cell).collect()).collect();
    match tool(name).read(&rows) {
        Err(failure) => failure.to_string(),
        Ok(ledger) => {
            let mut text = if matches!(ledger, Ledger::All(_)) { "all:" } else { "heads:" }.to_owned();
            for entry in ledger.entries() {
                let _ = write!(text, " {}", entry.version);
            }
            text
        }
    }
}

#[test]
fn tools_are_listed_by_name() {
    assert!(TOOLS.is_sorted_by_key(|tool| tool.name()));
}

#[test]
fn two_tools_with_a_table_of_one_name_are_told_apart_by_its_columns() {
    let columns = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let keepers = |names: &str| {
        let keeps = |tool: &&dyn Tool| tool.table() == "schema_migrations" && tool.keeps(&columns(names));
        TOOLS.into_iter().filter(keeps).map(Tool::name).collect::<Vec<_>>()
    };
    assert_eq!(keepers("version"), ["dbmate"]);
    assert_eq!(keepers("version dirty"), ["golang-migrate"]);
    assert!(keepers("version inserted_at").is_empty(), "that is Ecto's");
}

#[test]
fn the_rows_of_each_tool_say_what_is_applied() {
    assert_eq!(read("sqlx", "1|true|aa\n2|1|bb"), "all: 1 2");
    assert_eq!(read("diesel", "00000000000000\n20170923182408"), "all: 00000000000000 20170923182408");
    assert_eq!(read("refinery", "1|initial|77"), "all: 1");
    assert_eq!(read("alembic", "abc\ndef"), "heads: abc def");
    assert_eq!(read("dbmate", "20240101"), "all: 20240101");
    assert_eq!(read("golang-migrate", "3|false"), "heads: 3");
    assert_eq!(read("goose", "1|0|true\n2|7|true\n4|8|true\n3|8|false\n5|9|true\n6|9|false"), "all: 7 8");
    assert_eq!(read("sea-orm", "m20220101_000001_create"), "all: m20220101_000001_create");
}

#[test]
fn a_version_that_failed_half_way_is_refused() {
    insta::assert_snapshot!(
        [read("sqlx", "1|true|aa\n2|false|bb"), read("golang-migrate", "3|true")].join("\n"),
        @"
    error: sqlx marks version `2` as not successful: it failed half-way, or is at work
      help: see what of it was carried out; finish it by hand and set `success`, or undo it by hand and delete the row: `DELETE FROM _sqlx_migrations WHERE version = 2`
    error: golang-migrate marks version `3` as dirty: it failed half-way, or is at work
      help: see what of it was carried out, finish it or undo it by hand, and tell golang-migrate: `migrate force 3`, or the version before
    "
    );
}

#[test]
fn versions_are_compared_as_their_tool_does() {
    let key = |name: &str, version: &str| tool(name).key(version);
    assert_eq!(key("golang-migrate", "000012"), key("golang-migrate", "12"));
    assert_eq!(key("sqlx", "0"), key("sqlx", "0000"));
    assert_eq!(key("diesel", "2017-09-23-182408"), key("diesel", "20170923182408"));
    assert_ne!(key("dbmate", "01"), key("dbmate", "1"), "its versions are texts");
}

#[test]
fn a_checksum_of_sqlx_is_that_of_the_file_in_any_spelling() {
    // SHA-384 of `SELECT 1;` and a newline.
    let entry = |checksum: &str| Entry { checksum: Some(checksum.to_owned()), ..Entry::new("1") };
    let unix = entry(UNIX);
    for same in ["SELECT 1;\n", "SELECT 1;\r\n", "\u{feff}SELECT 1;\n"] {
        assert_eq!(tool("sqlx").compare(&unix, same), Comparison::Same, "{same:?}");
    }
    for other in ["SELECT 2;\n", "SELECT 1;", "SELECT 1; \n"] {
        assert_eq!(tool("sqlx").compare(&unix, other), Comparison::Edited, "{other:?}");
    }
    assert_eq!(tool("sqlx").compare(&Entry::new("1"), "SELECT 1;\n"), Comparison::Unknown);
}

const UNIX: &str =
    "24454095d8d7876ca8e842f34296ca645c83e0f7b50f048c99db4b2ff4da659267afc4ef3e994f3d74e18c741165d931";

#[test]
fn a_checksum_of_refinery_covers_name_version_and_text() {
    // SipHash-1-3, computed by another program: with a version of 32 bits, and of 64.
    for checksum in ["4366497900762048144", "8004996045860420145"] {
        let entry = Entry {
            name: Some("create_tasks".to_owned()),
            checksum: Some(checksum.to_owned()),
            ..Entry::new("7")
        };
        let compare = |entry: &Entry, text| tool("refinery").compare(entry, text);
        assert_eq!(compare(&entry, "SELECT 1;\n"), Comparison::Same);
        assert_eq!(compare(&entry, "SELECT 1;\r\n"), Comparison::Same);
        assert_eq!(compare(&entry, "SELECT 2;\n"), Comparison::Edited);
        let other = Entry { version: "8".to_owned(), ..entry.clone() };
        assert_eq!(compare(&other, "SELECT 1;\n"), Comparison::Edited);
        let odd = Entry { checksum: Some("none".to_owned()), ..entry };
        assert_eq!(compare(&odd, "SELECT 1;\n"), Comparison::Unknown);
    }
}
