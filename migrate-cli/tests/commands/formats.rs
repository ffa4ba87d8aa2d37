//! `cargo migrate check --format`

use crate::package::{PACKAGE, damaged, run};

/// A package with an unknown parent.
fn mistyped() -> String {
    damaged("-- revises: abc123def456\n-- labels", "-- revises: abc123def465\n-- labels")
}

#[test]
fn the_page_about_json_shows_what_is_written() {
    let page = include_str!("../../../docs/json.md");
    let example = page.split_once("```json\n").unwrap().1.split_once("```\n").unwrap().0;
    let written = run(&mistyped(), "check --format json");
    assert_eq!(written, format!("> check --format json\n{example}exit code 1\n"));
}

#[test]
fn a_machine_gets_its_document_even_if_the_configuration_is_broken() {
    let files = damaged("databases = ", "database = ");
    insta::assert_snapshot!(run(&files, "check --format json"), @r#"
    > check --format json
    {
      "version": 1,
      "dir": "migrations",
      "layout": null,
      "databases": [],
      "files": 0,
      "revisions": 0,
      "errors": 1,
      "warnings": 0,
      "replay": [],
      "diagnostics": [
        {
          "rule": "invalid-configuration",
          "severity": "error",
          "message": "unknown key `database`",
          "primary": {
            "file": "migrate.toml",
            "span": {
              "start": {
                "byte": 0,
                "line": 1,
                "column": 1
              },
              "end": {
                "byte": 8,
                "line": 1,
                "column": 9
              }
            },
            "text": ""
          },
          "secondary": [],
          "help": [],
          "fix": {
            "title": "did you mean `databases`?",
            "file": "migrate.toml",
            "span": {
              "start": {
                "byte": 0,
                "line": 1,
                "column": 1
              },
              "end": {
                "byte": 8,
                "line": 1,
                "column": 9
              }
            },
            "replacement": "databases"
          }
        }
      ],
      "shipped": []
    }
    exit code 1
    "#);
}

#[test]
fn nothing_found_is_an_empty_document() {
    insta::assert_snapshot!(run(PACKAGE, "check --format concise\ncheck --format github\ncheck --format json"), @r#"
    > check --format concise
    > check --format github
    > check --format json
    {
      "version": 1,
      "dir": "migrations",
      "layout": null,
      "databases": [
        "sqlite",
        "postgres"
      ],
      "files": 5,
      "revisions": 4,
      "errors": 0,
      "warnings": 0,
      "replay": [
        {
          "database": "sqlite",
          "files": 3,
          "statements": 7,
          "understood": 7,
          "opaque": []
        },
        {
          "database": "postgres",
          "files": 4,
          "statements": 7,
          "understood": 7,
          "opaque": []
        }
      ],
      "diagnostics": [],
      "shipped": []
    }
    "#);
}

#[test]
fn services_get_the_paths_within_the_repository() {
    let files = format!("== .git/ ==\n{}", mistyped()).replace("\n== ", "\n== services/todo/");
    let commands = "services/todo/src$ check --format github\n\
                    services$ check --config todo/migrate.toml --dir ./todo/../todo/migrations --format github\n\
                    services/todo$ check --format concise";
    insta::assert_snapshot!(run(&files, commands), @"
    > services/todo/src$ check --format github
    ::error file=services/todo/migrations/20251111_0900_add_priority.sql,line=4,endLine=4,col=13,endColumn=25,title=unknown-parent::unknown parent `abc123def465`%0Ano revision has this id%0Ahelp: did you mean `abc123def456`?
    exit code 1
    > services$ check --config todo/migrate.toml --dir ./todo/../todo/migrations --format github
    ::error file=services/todo/migrations/20251111_0900_add_priority.sql,line=4,endLine=4,col=13,endColumn=25,title=unknown-parent::unknown parent `abc123def465`%0Ano revision has this id%0Ahelp: did you mean `abc123def456`?
    exit code 1
    > services/todo$ check --format concise
    migrations/20251111_0900_add_priority.sql:4:13: error[unknown-parent]: unknown parent `abc123def465`
    exit code 1
    ");
    let bare = files.replace("databases", "dtabases");
    insta::assert_snapshot!(run(&bare, "services$ check --config todo/migrate.toml --format github"), @"
    > services$ check --config todo/migrate.toml --format github
    ::error file=services/todo/migrate.toml,line=1,endLine=1,col=1,endColumn=9,title=invalid-configuration::unknown key `dtabases`%0Ahelp: did you mean `databases`?
    exit code 1
    ");
    let log = run(&files, "services/todo$ check --format sarif");
    assert!(log.contains(r#""uri": "services/todo/migrations/20251111_0900_add_priority.sql""#), "{log}");
}

#[test]
fn without_a_repository_the_package_is_all_there_is() {
    let log = run(&mistyped(), "check --format sarif");
    assert!(log.contains(r#""uri": "migrations/20251111_0900_add_priority.sql""#), "{log}");
}
