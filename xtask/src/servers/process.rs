//! The process of a server: started, waited for, and ended on every path.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// How long a server may take to end after each signal.
const GRACE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(20);

/// A server's process; dropping it ends it and waits for its end.
pub(crate) struct Process {
    child: Child,
    stop: Signal,
}

impl Process {
    /// Starts `command`; `stop` is the signal by which this server ends without waiting for its clients.
    ///
    /// The server gets a process group of its own, so that Ctrl-C in a terminal reaches us alone and the
    /// tests end before it does.
    pub(crate) fn start(command: &mut Command, stop: Signal) -> Result<Self> {
        command.process_group(0);
        let child =
            command.spawn().with_context(|| format!("cannot run `{}`", command.get_program().display()))?;
        Ok(Self { child, stop })
    }

    /// How the process ended, if it did.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    fn signal(&self, signal: Signal) {
        // The child is not yet waited for, so its id cannot have become another process.
        if let Ok(id) = i32::try_from(self.child.id()) {
            // An error means that it has just ended, which is what we want.
            let _ = kill(Pid::from_raw(id), signal);
        }
    }

    fn ends_within(&mut self, limit: Duration) -> bool {
        let start = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(None) if start.elapsed() < limit => thread::sleep(POLL),
                Ok(None) => return false,
                Ok(Some(_)) | Err(_) => return true,
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.ends_within(Duration::ZERO) {
            return;
        }
        for signal in [self.stop, Signal::SIGQUIT, Signal::SIGKILL] {
            self.signal(signal);
            if self.ends_within(GRACE) {
                return;
            }
        }
    }
}

/// A port of 127.0.0.1 that is free now. Another process may take it before a server does: callers try again.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether `command` succeeds; what it prints is not shown.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status =
        command.status().with_context(|| format!("cannot run `{}`", command.get_program().display()))?;
    Ok(status.success())
}
