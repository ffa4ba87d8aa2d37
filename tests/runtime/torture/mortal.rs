use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use migrate_runtime::Dialect;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::time::sleep;

use crate::database::Pool;

/// A server of a test's own, which may be killed and comes back with what it had written.
pub(super) struct Mortal {
    dialect: Dialect,
    url: String,
    keeper: Child,
    /// The keeper ends with it.
    input: Option<ChildStdin>,
}

impl Mortal {
    /// Starts one by `cargo xtask servers --revive`.
    pub(super) fn start(dialect: Dialect) -> Self {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(["run", "--quiet", "--package", "xtask", "--", "servers", "--revive", "--only"]);
        command.arg(dialect.name()).current_dir(env!("CARGO_MANIFEST_DIR"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut keeper = command.spawn().expect("cargo runs");
        let mut said = BufReader::new(keeper.stdout.take().expect("an output")).lines();
        let line = said.next().expect("the server starts").expect("a text");
        let url = line.split('\'').nth(1).expect("a URL in quotes").to_owned();
        let input = keeper.stdin.take();
        Self { dialect, url, keeper, input }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The process that the server says it is.
    pub(super) async fn process(&self) -> Pid {
        let pool = Pool::to(self.dialect, &self.url, 1);
        let text = match self.dialect {
            Dialect::Postgres => pool.rows("SELECT pg_read_file('postmaster.pid')").await.join(""),
            _ => {
                let path = pool.rows("SELECT @@pid_file").await.join("");
                fs::read_to_string(path).expect("the file of the process")
            }
        };
        pool.close().await;
        let first = text.lines().next().unwrap_or_default();
        Pid::from_raw(first.trim().parse().expect("the number of a process"))
    }

    /// Kills the server as a power cut would.
    pub(super) fn kill(&self, process: Pid) {
        let signal = match self.dialect {
            // An immediate shutdown: nothing is written any more, and no process is left that holds its memory.
            Dialect::Postgres => Signal::SIGQUIT,
            _ => Signal::SIGKILL,
        };
        kill(process, signal).expect("the server can be killed");
    }

    /// Waits until it answers again.
    pub(super) async fn is_back(&self) {
        let start = Instant::now();
        let pool = Pool::to(self.dialect, &self.url, 1);
        while pool.ask("SELECT 1").await.is_err() {
            assert!(start.elapsed() < Duration::from_secs(90), "the server does not come back");
            sleep(Duration::from_millis(50)).await;
        }
        pool.close().await;
    }
}

impl Drop for Mortal {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.keeper.wait();
    }
}
