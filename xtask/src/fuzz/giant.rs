use std::{
    fs,
    path::Path,
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use migrate_core::Dialect;

use super::{last, search::attempt};

const MEGABYTE: usize = 1024 * 1024;
/// In a debug build, on a busy machine.
const BOUND: Duration = Duration::from_secs(60);

/// What is repeated until there is a megabyte of it: before, the part, after.
const SHAPES: [(&str, &str, &str, &str); 12] = [
    ("statements", "", "INSERT INTO users (name) VALUES ('a');\n", ""),
    ("rows", "INSERT INTO users (name) VALUES ('a')", ", ('it''s')", ";"),
    ("columns", "CREATE TABLE t (a INT", ", a INT", ");"),
    ("parentheses", "SELECT ", "(", ""),
    ("sum", "SELECT 1", " + 1", ";"),
    ("list", "SELECT 1 IN (1", ", 1", ");"),
    ("queries", "SELECT ", "(SELECT ", ""),
    ("cases", "SELECT ", "CASE WHEN ", ""),
    ("string", "SELECT '", "a''", "';"),
    ("comment", "/*", "/* a", ""),
    ("dots", "SELECT a", ".a", ";"),
    ("actions", "ALTER TABLE users ADD COLUMN c0 INT", ", ADD COLUMN c INT", ";"),
];

/// Tries inputs of a megabyte, and prints how long each takes.
pub(super) fn run(folder: &Path, dialects: &[Dialect]) -> Result<ExitCode> {
    let mut slow = 0;
    for &dialect in dialects {
        for (name, before, part, after) in SHAPES {
            let mut input = before.to_owned();
            input.push_str(&part.repeat(MEGABYTE / part.len()));
            input.push_str(after);
            fs::write(last(folder), &input).context("cannot write the input down")?;
            let start = Instant::now();
            let worker = thread::Builder::new().stack_size(2 * MEGABYTE);
            let worker = worker.spawn(move || attempt(&input, dialect)).context("cannot start a thread")?;
            if worker.join().is_err() {
                bail!("{name} on {dialect}: {}", last(folder).display());
            }
            let took = start.elapsed();
            slow += u32::from(took > BOUND);
            println!("{dialect:<9} {name:<12} {:>7.2} s", took.as_secs_f64());
        }
    }
    Ok(if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
