//! The command, and what it says at the end.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use super::run::{self, Outcome};
use super::skipped::{self, Skipped};
use crate::servers::{self, Servers};

/// What to test, and on which servers.
#[derive(Args, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    servers: servers::Wanted,
    /// Arguments for `cargo test`, in place of `--workspace`
    #[arg(last = true, value_name = "CARGO_TEST_ARGUMENTS")]
    arguments: Vec<OsString>,
}

/// Starts the servers, runs the tests, stops the servers, and sums up.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let skipped_file = folder.path().join("skipped");
    let mut servers = Servers::start(&options.servers)?;

    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["test", "--no-fail-fast"]);
    if options.arguments.is_empty() {
        command.arg("--workspace");
    }
    command.args(&options.arguments).env(skipped::VARIABLE, &skipped_file);
    servers.tell(&mut command);
    let outcome = run::to_the_end(&mut command)?;

    let servers_held = servers.check();
    drop(servers);
    let code = sum_up(&outcome, &skipped::read(&skipped_file)?);
    servers_held.map(|()| code)
}

/// Says what ran; the last line is for people and scripts alike.
fn sum_up(outcome: &Outcome, skipped: &Skipped) -> ExitCode {
    println!();
    for (test, why) in skipped {
        println!("skipped: {test}: {why}");
    }
    if outcome.tally.ignored > 0 {
        println!("skipped: {} marked `#[ignore]`", outcome.tally.ignored);
    }
    if outcome.failed_outside_of_tests() {
        println!("`cargo test` failed outside of its tests: {}", outcome.status);
    }
    println!("{}", summary(outcome, skipped.len()));
    if outcome.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A test that found no server returned early, so the harness counts it among the passed ones.
fn summary(outcome: &Outcome, without_server: usize) -> String {
    let tally = outcome.tally;
    format!(
        "{} passed, {} failed, {} skipped",
        tally.passed.saturating_sub(without_server),
        tally.failed + usize::from(outcome.failed_outside_of_tests()),
        tally.ignored + without_server
    )
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    use super::super::tally::Tally;
    use super::*;

    fn outcome(passed: usize, failed: usize, ignored: usize, code: i32) -> Outcome {
        Outcome { status: ExitStatus::from_raw(code << 8), tally: Tally { passed, failed, ignored } }
    }

    #[test]
    fn a_test_without_its_server_is_skipped_and_not_passed() {
        assert_eq!(summary(&outcome(10, 0, 1, 0), 3), "7 passed, 0 failed, 4 skipped");
    }

    #[test]
    fn a_build_that_fails_is_a_failure_even_without_a_failed_test() {
        assert_eq!(summary(&outcome(10, 0, 0, 101), 0), "10 passed, 1 failed, 0 skipped");
        assert_eq!(summary(&outcome(10, 2, 0, 101), 0), "10 passed, 2 failed, 0 skipped");
    }
}
