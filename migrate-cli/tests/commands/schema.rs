//! `cargo migrate schema`

use crate::package::{PACKAGE, damaged, run};

#[test]
fn the_schema_is_shown_at_a_revision_or_at_the_heads() {
    let shown = run(PACKAGE, "schema --database sqlite --at abc123def456\nschema --database postgres");
    let (first, all) = shown.split_once("> schema --database postgres\n").unwrap();
    assert!(first.contains("CREATE TABLE tasks") && !first.contains("priority"), "{first}");
    assert!(all.contains("priority") && all.contains("owner") && all.contains("CREATE INDEX"), "{all}");
}

#[test]
fn the_schema_is_a_document_for_machines() {
    let shown = run(PACKAGE, "schema --database sqlite --at abc123def456 --format json");
    let (_, document) = shown.split_once('\n').unwrap();
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    assert_eq!(document["tables"][0]["name"], "tasks");
    assert_eq!(document["tables"][0]["columns"][0]["name"], "id");
    assert_eq!(document["unknown"]["everything"], false);
}

#[test]
fn a_schema_is_that_of_one_database_and_of_a_sound_history() {
    let several = run(PACKAGE, "schema");
    assert!(several.contains("say whose schema to show: `--database <NAME>`"), "{several}");
    assert!(several.ends_with("exit code 2\n"), "{several}");
    let broken = run(&damaged("-- revises: abc123def456\n-- labels", "-- revises: abc\n-- labels"), "schema");
    assert!(broken.contains("there is no schema to show") && broken.ends_with("exit code 1\n"), "{broken}");
}
