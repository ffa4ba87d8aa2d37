//! The macro in whole packages, as Cargo builds them: a binary, a library, an example, a member of a workspace; and
//! what people see whose `migrate.toml` or `Cargo.toml` is at fault.
//!
//! Each text in `tests/packages` is a package. What the compiler says of it is in the snapshot beside it.

#[path = "../migrate-analysis/tests/support/snapshots.rs"]
mod snapshots;
#[path = "../migrate-analysis/tests/support/text.rs"]
mod text;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use migrate_analysis::{
    check,
    config::Config,
    source::{LockChange, Sources},
};

#[test]
fn the_compiler_says_of_each_package_what_its_snapshot_says() {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages");
    snapshots::compare(&texts, ".txt", |name, text| build(&write(name, text)));
}

/// A package of this name, whose program prints the ids of its revisions. Packages of one name in one target directory
/// would be one package to Cargo, and tests that run side by side would take each other's files for built.
fn small(name: &str) -> String {
    format!(
        "\
== Cargo.toml ==
[workspace]
[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"
[dependencies]
migrate-runtime = {{ path = \"{{root}}/migrate-runtime\", features = [\"sqlite\"] }}
== migrate.toml ==
databases = [\"sqlite\"]
namespace = \"service\"
== src/main.rs ==
#![deny(warnings)]
static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();
fn main() {{
    let ids: Vec<&str> = MIGRATIONS.revisions().map(|revision| revision.id()).collect();
    println!(\"{{}}\", ids.join(\" \"));
}}
"
    )
}

#[test]
fn a_file_that_changes_is_looked_at_again() {
    let package = write("changing", &small("changing"));
    let migration = "migrations/create_tasks.sql";
    let text = "-- create tasks\n-- revision: abc\n-- migrate:up\nCREATE TABLE tasks (id INTEGER);\n\
                -- migrate:down\nDROP TABLE tasks;\n";
    text::write(&package, migration, text);
    let change = |name: &str, from: &str, to: &str| {
        let path = package.join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(from, to)).unwrap();
        build(&package)
    };
    let holds = |said: String, rule: &str| assert!(said.contains(rule), "{rule} is not in: {said}");
    assert_eq!(build(&package), "it compiles and runs");
    holds(change(migration, "DROP TABLE tasks;", ""), "[empty-down]");
    assert_eq!(
        change(migration, "-- migrate:down", "-- migrate:down irreversible: why"),
        "it compiles and runs"
    );
    holds(change("migrate.toml", "namespace", "namspace"), "[invalid-configuration]");
}

/// The lock file is what the compiler watches: there is no build script here.
#[test]
fn a_revision_that_is_added_as_the_command_line_does_rebuilds_the_package() {
    let package = write("growing", &small("growing"));
    let add = |id: &str, parent: &str| {
        let file = format!(
            "-- {id}\n-- revision: {id}\n-- revises: {parent}\n-- migrate:up\nSELECT 1;\n\
             -- migrate:down irreversible: it reads\n"
        );
        text::write(&package, &format!("migrations/{id}.sql"), &file);
        let report = check(&Sources::read_within(&package, "migrations"), &Config::read(&package));
        text::write(&package, "migrations/migrate.lock", &report.lock_text(LockChange::Refresh).unwrap());
        assert_eq!(build(&package), "it compiles and runs");
        let run = cargo(&package, &["run"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8_lossy(&run.stdout).trim().to_owned()
    };
    assert_eq!(add("abc", ""), "abc");
    assert_eq!(add("def", "abc"), "abc def");
}

/// Writes the files of a package into a folder that stays, so that Cargo builds its dependencies once.
fn write(name: &str, text: &str) -> PathBuf {
    let root = env!("CARGO_MANIFEST_DIR");
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages").join(name);
    if package.exists() {
        fs::remove_dir_all(&package).unwrap();
    }
    for (head, content) in text::split(text) {
        text::write(&package, head, &content.replace("{root}", root));
    }
    fs::copy(Path::new(root).join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    package
}

/// Compiles the package and runs what it has; what the compiler says of the package itself.
fn build(package: &Path) -> String {
    let built = cargo(package, &["build", "--workspace", "--bins", "--examples", "--message-format=json"]);
    let said = said_of(package, &String::from_utf8_lossy(&built.stdout));
    if !built.status.success() {
        assert!(!said.is_empty(), "{}", String::from_utf8_lossy(&built.stderr));
        return said.concat();
    }
    if package.join("examples").exists() {
        for program in [&["run"][..], &["run", "--example", "embed"]] {
            let run = cargo(package, program);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
    }
    if said.is_empty() { "it compiles and runs".into() } else { said.concat() }
}

fn cargo(package: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages/target"))
        .current_dir(package)
        .output()
        .unwrap()
}

/// Of Cargo's messages, those of the compiler about files of the package.
fn said_of(package: &Path, messages: &str) -> Vec<String> {
    let messages = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let of_package = messages.filter(|message| {
        let file = message["target"]["src_path"].as_str();
        message["reason"] == "compiler-message"
            && file.is_some_and(|file| Path::new(file).starts_with(package))
    });
    of_package.filter_map(|message| message["message"]["rendered"].as_str().map(Into::into)).collect()
}
