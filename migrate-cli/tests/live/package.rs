//! A package with the SQLite database `app.db`, which is empty.

use crate::terminal::Terminal;

pub(crate) const FILES: &str = "
== Cargo.toml ==
[package]
name = 'service'
== migrate.toml ==
databases = ['sqlite']
url = 'sqlite:app.db'
== app.db ==
== migrations/20260105_0900_create_tasks.sql ==
-- create tasks
--
-- revision: 5d1c0f7a92e4

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);

-- migrate:down
DROP TABLE tasks;
== migrations/20260106_1000_add_due_date.sql ==
-- add a due date
--
-- revision: 8e2b6d40c1fa
-- revises: 5d1c0f7a92e4

-- migrate:up
ALTER TABLE tasks ADD COLUMN due_on TEXT;
CREATE INDEX tasks_due_on ON tasks (due_on);

-- migrate:down
DROP INDEX tasks_due_on;
ALTER TABLE tasks DROP COLUMN due_on;
== migrations/20260107_0900_add_owner.sql ==
-- add an owner
--
-- revision: c07e3a9d5b18
-- revises: 8e2b6d40c1fa

-- migrate:up
ALTER TABLE tasks ADD COLUMN owner TEXT;

-- migrate:down irreversible: nobody could be asked again
";

/// Runs commands, one a line, in the package.
pub(crate) fn live(commands: &str) -> String {
    live_in(FILES, commands)
}

/// The same, in a package of these files.
pub(crate) fn live_in(files: &str, commands: &str) -> String {
    without_times(&Terminal::new(files).run(commands))
}

/// The text with `<n> ms` for every time that something took, and one blank before it.
fn without_times(text: &str) -> String {
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        match line.split_once(" ms ") {
            Some((before, after)) if before.ends_with(|last: char| last.is_ascii_digit()) => {
                let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end();
                shown += &format!("{before} <n> ms {after}");
            }
            _ => shown += &without_milliseconds(line),
        }
    }
    shown
}

/// The same for `"elapsed_ms":1.5`.
fn without_milliseconds(line: &str) -> String {
    let mut parts = line.split("\"elapsed_ms\":");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown += "\"elapsed_ms\":<n>";
        shown += part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    shown
}
