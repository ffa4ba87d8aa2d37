//! The room of one server: its temporary folder, its log, the commands that prepare it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;
use tempfile::TempDir;

use super::account::Account;
use super::program;
use crate::interrupt;

/// How many lines at the end of a log are shown when a server fails.
const SHOWN_LOG_LINES: usize = 40;

/// A temporary folder that belongs to the account of one server and goes away with this value.
pub(crate) struct Room {
    folder: TempDir,
    account: Account,
}

impl Room {
    /// A new folder for a server, owned by the first of `accounts` if we are root.
    pub(crate) fn new(server: &str, accounts: &[&str]) -> Result<Self> {
        let account = Account::unprivileged(accounts)?;
        let folder = tempfile::Builder::new()
            .prefix(&format!("migrate-test-{server}-"))
            .tempdir()
            .context("cannot make a temporary folder")?;
        account.take(folder.path())?;
        Ok(Self { folder, account })
    }

    /// The path of `name` in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file that the server may read.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.path(name);
        fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        self.account.take(&path)?;
        Ok(path)
    }

    /// A command that runs `program` as the server's account, in its folder, with its output in the log.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Result<Command> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log_path())
            .context("cannot open the log of a server")?;
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("TMPDIR", self.folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        self.account.run(&mut command);
        Ok(command)
    }

    /// A command that runs the server itself, which gets the signal `stop` if we are killed outright, where
    /// the system can do that.
    pub(crate) fn server(&self, program: &Path, stop: Signal) -> Result<Command> {
        let Some(setpriv) = program::on_this_machine("setpriv") else { return self.command(program) };
        let mut command = self.command(setpriv)?;
        command.args(["--pdeathsig", stop.as_str()]).arg(program);
        Ok(command)
    }

    /// Runs a command that prepares the server; on failure the error shows the log.
    pub(crate) fn prepare(&self, command: &mut Command) -> Result<()> {
        let program = Path::new(command.get_program()).display().to_string();
        let status = command.status().with_context(|| {
            // A folder above it, such as a private `TMPDIR`, may be closed to that user.
            format!("cannot run `{program}` as {} in `{}`", self.account, self.folder.path().display())
        })?;
        if !status.success() {
            // Ctrl-C in a terminal reaches the program as well as us.
            interrupt::check()?;
            bail!("`{program}` failed: {status}\n{}", self.log());
        }
        Ok(())
    }

    /// The last lines of the log.
    pub(crate) fn log(&self) -> String {
        let bytes = fs::read(self.log_path()).unwrap_or_default();
        last_lines(&String::from_utf8_lossy(&bytes), SHOWN_LOG_LINES)
    }

    fn log_path(&self) -> PathBuf {
        self.path("server.log")
    }
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_log_is_shown_by_its_end() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a\n", 2), "a");
        assert_eq!(last_lines("", 2), "");
    }
}
