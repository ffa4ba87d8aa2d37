//! A command at work, which tells what happens in JSON.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{self, Signal},
    unistd::Pid,
};
use tempfile::TempDir;

/// A folder with migrations for a database.
pub(crate) struct Folder {
    folder: TempDir,
    url: String,
}

/// A command that was started in it; it is killed with this value.
pub(crate) struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// What is left of its output, and what it wrote to the standard error.
    pub(crate) text: String,
}

impl Folder {
    /// One line of revisions: ids, and up scripts, which may begin with `transaction:false`.
    pub(crate) fn new(url: &str, revisions: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("migrate.toml"), "").unwrap();
        fs::create_dir(folder.path().join("migrations")).unwrap();
        let mut parent = "";
        for (id, up) in revisions {
            let up = up
                .strip_prefix("transaction:false")
                .map_or(format!("\n{up}"), |up| format!(" transaction:false{up}"));
            let text = format!(
                "-- make {id}\n-- revision: {id}\n-- revises: {parent}\n-- migrate:up{up}\n\
                 -- migrate:down irreversible: nothing brings it back\n"
            );
            fs::write(folder.path().join(format!("migrations/{id}.sql")), text).unwrap();
            parent = id;
        }
        Self { folder, url: url.to_owned() }
    }

    pub(crate) fn start(&self, arguments: &str) -> Running {
        self.start_program(Path::new(env!("CARGO_BIN_EXE_cargo-migrate")), arguments)
    }

    /// The same, of a copy of the program under another name.
    pub(crate) fn start_as(&self, name: &str, arguments: &str) -> Running {
        let program = self.folder.path().join(name);
        fs::copy(env!("CARGO_BIN_EXE_cargo-migrate"), &program).unwrap();
        self.start_program(&program, arguments)
    }

    fn start_program(&self, program: &Path, arguments: &str) -> Running {
        let mut child = Command::new(program)
            .args(arguments.split_whitespace())
            .args(["--format", "json", "-D", &self.url])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Running { child, output }
    }

    pub(crate) fn run(&self, arguments: &str) -> Ended {
        self.start(arguments).end()
    }
}

impl Running {
    /// Waits until a line of its output has all of these parts.
    pub(crate) fn until(&mut self, parts: &[&str]) {
        let mut read = String::new();
        while !read.lines().last().is_some_and(|line| parts.iter().all(|part| line.contains(part))) {
            let count = self.output.read_line(&mut read).unwrap();
            assert!(count > 0, "it ended before {parts:?}: {read}");
        }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.child.id()).unwrap());
        signal::kill(id, signal).unwrap();
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> Ended {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "it does not end");
            thread::sleep(Duration::from_millis(5));
        };
        let mut text = String::new();
        self.output.read_to_string(&mut text).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        Ended { code: status.code(), text }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Errors mean that it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
