//! Running `cargo test` to its end, or to the user's wish that it end.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::tally::Tally;
use crate::interrupt;

const POLL: Duration = Duration::from_millis(50);
/// How long the tests may take to end when they are interrupted.
const GRACE: Duration = Duration::from_secs(10);

/// How `cargo test` ended, and what it counted.
pub(crate) struct Outcome {
    pub(crate) status: ExitStatus,
    pub(crate) tally: Tally,
}

impl Outcome {
    /// A build that failed, or a test program that crashed, leaves no failed test to count.
    pub(crate) fn failed_outside_of_tests(&self) -> bool {
        !self.status.success() && self.tally.failed == 0
    }
}

/// Runs `command`, passes its output on, and counts the tests in it.
pub(crate) fn to_the_end(command: &mut Command) -> Result<Outcome> {
    // In a group of its own, so that it can be ended with all that it started.
    command.stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0);
    let mut child = command.spawn().context("cannot run `cargo test`")?;
    let output = child.stdout.take().context("`cargo test` has no output")?;
    let (send, counted) = mpsc::channel();
    thread::spawn(move || send.send(pass_on(output, &mut io::stdout())));

    let status = wait(&mut child)?;
    let tally = counted
        .recv_timeout(GRACE)
        .context("`cargo test` has ended, but something that it started still holds its output")?
        .context("cannot read the output of `cargo test`")?;
    Ok(Outcome { status, tally })
}

fn wait(child: &mut Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interrupt::requested() {
            end(child)?;
            bail!("interrupted");
        }
        thread::sleep(POLL);
    }
}

/// Ends the group of `child`, whose id is its own as long as it is not waited for.
fn end(child: &mut Child) -> Result<()> {
    let group = Pid::from_raw(i32::try_from(child.id())?);
    // Errors mean that the group has just ended.
    let _ = killpg(group, Signal::SIGINT);
    let start = Instant::now();
    while start.elapsed() < GRACE {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        thread::sleep(POLL);
    }
    let _ = killpg(group, Signal::SIGKILL);
    child.wait()?;
    Ok(())
}

fn pass_on(output: impl Read, to: &mut impl Write) -> io::Result<Tally> {
    let mut output = BufReader::new(output);
    let mut tally = Tally::default();
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        tally.add_line(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_passed_on_byte_by_byte_and_counted() {
        let output = b"caf\xe9\ntest result: ok. 2 passed; 0 failed; 0 ignored; finished\nno newline";
        let mut passed_on = Vec::new();
        let tally = pass_on(&output[..], &mut passed_on).unwrap();
        assert_eq!(passed_on, output);
        assert_eq!(tally.passed, 2);
    }

    #[test]
    fn a_command_that_prints_no_result_has_failed_outside_of_its_tests() {
        let outcome = to_the_end(Command::new("sh").args(["-c", "exit 101"])).unwrap();
        assert!(outcome.failed_outside_of_tests());
        let outcome = to_the_end(Command::new("sh").args(["-c", "exit 0"])).unwrap();
        assert!(!outcome.failed_outside_of_tests());
    }
}
