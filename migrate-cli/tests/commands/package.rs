//! A package, and the program run in it.

use std::{fmt::Write as _, path::Path, process::Command};

use crate::text;

pub(crate) const PACKAGE: &str = r#"
== Cargo.toml ==
[package]
name = "service"
== migrate.toml ==
databases = ["sqlite", "postgres"]
== migrations/20251110_1230_create_tasks.sql ==
-- create tasks
--
-- revision: abc123def456
-- created: 2025-11-10 12:30:00 UTC

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down irreversible: it is the beginning
== migrations/20251111_0900_add_priority.sql ==
-- add priority
--
-- revision: def456abc789
-- revises: abc123def456
-- labels: planning

-- migrate:up
ALTER TABLE tasks ADD COLUMN priority INTEGER;
CREATE INDEX idx_tasks_priority ON tasks (priority);

-- migrate:down
DROP INDEX idx_tasks_priority;
ALTER TABLE tasks DROP COLUMN priority;
== migrations/20251111_0900_add_priority.postgres.sql ==
-- migrate:up transaction:false
ALTER TABLE tasks ADD COLUMN priority INTEGER;
CREATE INDEX CONCURRENTLY idx_tasks_priority ON tasks (priority);
== migrations/20251112_1000_add_owner.sql ==
-- add owner
--
-- revision: 0123456789ab
-- revises: abc123def456
-- depends-on: planning

-- migrate:up
ALTER TABLE tasks ADD COLUMN owner TEXT;

-- migrate:down
ALTER TABLE tasks DROP COLUMN owner;
== migrations/20251113_1100_merge.sql ==
-- merge priority and owner
--
-- revision: 987654321fed
-- revises: def456abc789, 0123456789ab
== src/deep/empty/ ==
"#;

/// Runs the commands, one a line, in a package of these files.
pub(crate) fn run(files: &str, commands: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (head, content) in text::split(files) {
        text::write(folder.path(), head, &content);
    }
    let mut shown = String::new();
    for command in commands.lines() {
        run_one(folder.path(), command, &mut shown);
    }
    shown.replace(&*folder.path().to_string_lossy(), "<package>")
}

fn run_one(package: &Path, command: &str, shown: &mut String) {
    let (folder, arguments) = match command.split_once("$ ") {
        Some((folder, arguments)) => (package.join(folder), arguments),
        None => (package.to_owned(), command),
    };
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-migrate"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    let _ = writeln!(shown, "> {command}");
    shown.push_str(&String::from_utf8_lossy(&output.stdout));
    shown.push_str(&String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        let _ = writeln!(shown, "exit code {}", output.status.code().unwrap());
    }
}

/// The package with one of its texts replaced.
pub(crate) fn damaged(from: &str, to: &str) -> String {
    assert!(PACKAGE.contains(from), "{from}");
    PACKAGE.replace(from, to)
}
