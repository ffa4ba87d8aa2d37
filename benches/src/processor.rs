//! Processor time of programs that this one starts.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike as _,
};

/// What a command that ended well took and said.
pub(crate) struct Ran {
    /// Seconds of processor time, of the command and of all that it started and waited for.
    pub(crate) seconds: f64,
    /// Its standard error.
    pub(crate) said: String,
}

/// Runs a command to its end; one that fails is an error with what it said.
pub(crate) fn run(command: &mut Command) -> Result<Ran> {
    let before = children()?;
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run `{program}`"))?;
    let seconds = children()? - before;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        bail!("`{program}` failed: {}\n{said}", output.status);
    }
    Ok(Ran { seconds, said })
}

/// Seconds that ended children took so far.
fn children() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(micros as f64 / 1e6)
}
