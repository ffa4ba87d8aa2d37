//! The example `axum-service` as a process.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;

use crate::example::example;
use crate::http::{self, Answer};

/// How long the service may take to end.
const LONGEST: Duration = Duration::from_secs(30);

/// A service that answers; it is ended with this value.
pub(crate) struct Service {
    process: Process,
    log: BufReader<ChildStdout>,
    address: SocketAddr,
}

/// A service that ended before it answered.
pub(crate) struct Refused {
    pub(crate) status: ExitStatus,
    pub(crate) log: String,
}

impl Service {
    /// Starts the service on a free port, and waits until it serves or ends.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Result<Self, Refused> {
        let mut command = example("axum-service");
        command.env("LISTEN", "127.0.0.1:0").envs(variables.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = Process(command.spawn().expect("it starts"));
        let mut reader = BufReader::new(process.0.stdout.take().expect("its output is ours"));
        let mut log = String::new();
        loop {
            let read = log.len();
            if reader.read_line(&mut log).expect("its log is text") == 0 {
                return Err(Refused { status: process.0.wait().expect("it has ended"), log });
            }
            if let Some((_, address)) = log[read..].split_once("serving on http://") {
                let address = address.trim().parse().expect("an address");
                return Ok(Self { process, log: reader, address });
            }
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        http::get(self.address, path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Sends a signal and waits for the end: how the service ended, and what it logged since it serves.
    pub(crate) fn stop(mut self, signal: Signal) -> (ExitStatus, String) {
        let id = Pid::from_raw(i32::try_from(self.process.0.id()).expect("the id of a process"));
        signal::kill(id, signal).expect("the service is there");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.process.0.try_wait().expect("the service is ours") {
                break status;
            }
            assert!(start.elapsed() < LONGEST, "the service does not stop");
            thread::sleep(Duration::from_millis(10));
        };
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("its log is text");
        (status, log)
    }
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Errors mean that it has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
