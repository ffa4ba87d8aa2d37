//! What is refused, what it says, and the exit code.

use crate::package::{FILES, live, live_in};

#[test]
fn targets_that_cannot_be_reached_are_explained() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade c07f
        cargo migrate upgrade a:b
        cargo migrate downgrade
        cargo migrate downgrade -1
        cargo migrate upgrade > out
        cargo migrate downgrade -2
        cargo migrate downgrade --nosuch"
    ));
}

#[test]
fn a_directory_with_errors_is_not_run() {
    let files = FILES.replace("revises: 5d1c0f7a92e4", "revises: 5d1c0f7a92e5");
    insta::assert_snapshot!(live_in(&files, "cargo migrate upgrade\ncargo migrate status"));
}

#[test]
fn a_statement_that_fails_is_shown_with_its_place() {
    let files =
        FILES.replace("TEXT NOT NULL);\n", "TEXT NOT NULL);\nINSERT INTO tasks VALUES (1, 'a'), (1, 'b');\n");
    insta::assert_snapshot!(live_in(
        &files,
        "cargo migrate upgrade\ncargo migrate upgrade --format json\ncargo migrate status"
    ));
}

#[test]
fn a_database_that_was_migrated_by_other_files_is_told_apart() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade > out
        sed -i 's/due_on TEXT/due_on DATE/' migrations/*due_date.sql
        cargo migrate status
        cargo migrate upgrade
        sed -i 's/due_on DATE/due_on TEXT/' migrations/*due_date.sql
        rm migrations/*owner.sql
        cargo migrate status
        cargo migrate current
        cargo migrate upgrade
        cargo migrate downgrade base"
    ));
}

#[test]
fn a_file_that_is_not_there_is_not_made() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade -D sqlite:other.db
        cargo migrate status -D sqlite:other.db
        cargo migrate upgrade -D 'sqlite:other.db?mode=rwc' | tail -n 1
        DATABASE_URL= cargo migrate upgrade --config Cargo.toml"
    ));
}
