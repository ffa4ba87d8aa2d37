use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use migrate_analysis::{check, config::Config, source::Sources};
use migrate_core::Dialect;

use super::{input::Inputs, last};
use crate::interrupt;

/// What one thread of a test has.
const STACK: usize = 2 * 1024 * 1024;
/// An input that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// Tries inputs until the time is over or something breaks.
pub(super) fn run(
    folder: &Path,
    corpus: &[String],
    dialects: &[Dialect],
    seed: u64,
    end: Instant,
) -> Result<ExitCode> {
    let tried = AtomicU64::new(0);
    thread::scope(|scope| {
        let work = || attempts(folder, corpus, dialects, seed, end, &tried);
        let worker = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .context("cannot start a thread")?;
        let mut seen = (0, Instant::now());
        while !worker.is_finished() {
            thread::sleep(Duration::from_millis(50));
            let now = tried.load(Ordering::Relaxed);
            if now != seen.0 {
                seen = (now, Instant::now());
            } else if seen.1.elapsed() > PATIENCE {
                eprintln!("input {now} hangs: {}", last(folder).display());
                // The thread cannot be stopped, and would be waited for.
                std::process::abort();
            }
        }
        let Ok(broken) = worker.join() else { bail!("the search itself has broken") };
        let broken = broken?;
        println!("{} inputs, {broken} broken", tried.load(Ordering::Relaxed));
        Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn attempts(
    folder: &Path,
    corpus: &[String],
    dialects: &[Dialect],
    seed: u64,
    end: Instant,
    tried: &AtomicU64,
) -> Result<u64> {
    let mut inputs = Inputs::new(corpus, seed);
    let mut broken = 0;
    while Instant::now() < end {
        interrupt::check()?;
        let (input, place) = inputs.next(dialects.len());
        let dialect = dialects[place];
        fs::write(last(folder), &input).context("cannot write the input down")?;
        let number = tried.fetch_add(1, Ordering::Relaxed);
        if catch_unwind(AssertUnwindSafe(|| attempt(&input, dialect))).is_err() {
            broken += 1;
            let kept = folder.join(format!("broken-{dialect}-{seed}-{number}.sql"));
            fs::write(&kept, &input).context("cannot keep the input")?;
            eprintln!("broken: {}", kept.display());
        }
    }
    Ok(broken)
}

/// All of it: as an up and a down script of a small history, behind a base with something to stand on.
pub(super) fn attempt(input: &str, dialect: Dialect) {
    let base = "-- revision: base\n-- migrate:up\nCREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\
                -- migrate:down\nDROP TABLE users;\n";
    let up = format!("-- revision: next\n-- revises: base\n-- migrate:up\n{input}\n");
    let down = format!("-- migrate:down\n{input}\n");
    let files = [("1_base.sql", base), ("2_next.up.sql", &up), ("2_next.down.sql", &down)];
    let config = Config { databases: vec![dialect], ..Config::default() };
    let report = check(&Sources::new("migrations", files), &config);
    std::hint::black_box(report);
}
