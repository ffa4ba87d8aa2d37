//! A running server: started on a free port, waited for until it answers.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use nix::sys::signal::Signal;

use super::Kind;
use super::process::{self, Process};
use super::room::Room;
use crate::interrupt;

/// The name of the account that tests use; it may do everything on its server.
pub(crate) const USER: &str = "migrate";

/// How long a server may take until it answers.
const START_LIMIT: Duration = Duration::from_secs(90);
/// How often a server that ends at once is started again, each time on another port.
const ATTEMPTS: usize = 3;
const POLL: Duration = Duration::from_millis(100);

/// How a prepared server is started and asked.
pub(crate) trait Recipe {
    /// Which server it is.
    const KIND: Kind;
    /// The signal by which it ends without waiting for its clients.
    const STOP: Signal;

    /// Where its files are.
    fn room(&self) -> &Room;
    /// The command that serves on `port` until it is told to stop.
    fn server(&self, port: u16) -> Result<Command>;
    /// A command that succeeds if a query over the network, with the password, does.
    fn client(&self, port: u16) -> Command;
    /// The URL for tests.
    fn url(&self, port: u16) -> String;
}

/// A server that answers; it ends when this value is dropped.
pub(crate) struct Server<R> {
    // Declared before the recipe: the process ends before its folder goes away.
    process: Process,
    recipe: R,
    port: u16,
}

impl<R: Recipe> Server<R> {
    /// The port on which it answers.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Starts the server and returns when it answers.
    pub(crate) fn start(recipe: R) -> Result<Self> {
        let title = R::KIND.title();
        for _ in 0..ATTEMPTS {
            let port = process::free_port()?;
            let mut process = Process::start(&mut recipe.server(port)?, R::STOP)?;
            if wait_until_ready(&recipe, &mut process, port)? {
                return Ok(Self { process, recipe, port });
            }
        }
        bail!("{title} ended {ATTEMPTS} times while it started\n{}", recipe.room().log())
    }
}

/// Whether the server answers; false if it ended, which is what it does when its port is taken.
fn wait_until_ready<R: Recipe>(recipe: &R, process: &mut Process, port: u16) -> Result<bool> {
    let start = Instant::now();
    while start.elapsed() < START_LIMIT {
        interrupt::check()?;
        // Only a server of ours counts: another one on the same port would not know the password.
        if process::succeeds(&mut recipe.client(port))? {
            return Ok(true);
        }
        if process.ended()?.is_some() {
            return Ok(false);
        }
        thread::sleep(POLL);
    }
    bail!(
        "{} does not answer {} seconds after its start\n{}",
        R::KIND.title(),
        START_LIMIT.as_secs(),
        recipe.room().log()
    )
}

/// What the commands need of a running server, whichever it is.
pub(crate) trait Running {
    /// Which server it is.
    fn kind(&self) -> Kind;
    /// The URL for tests.
    fn url(&self) -> String;
    /// An error that shows the log if the server has ended by itself.
    fn check(&mut self) -> Result<()>;
    /// Starts the server again if it has ended, and returns when it answers.
    fn revive(&mut self) -> Result<()>;
}

impl<R: Recipe> Running for Server<R> {
    fn kind(&self) -> Kind {
        R::KIND
    }

    fn url(&self) -> String {
        self.recipe.url(self.port)
    }

    fn check(&mut self) -> Result<()> {
        if let Some(status) = self.process.ended()? {
            bail!("{} ended by itself: {status}\n{}", R::KIND.title(), self.recipe.room().log());
        }
        Ok(())
    }

    fn revive(&mut self) -> Result<()> {
        if self.process.ended()?.is_some() {
            self.process = Process::start(&mut self.recipe.server(self.port)?, R::STOP)?;
            if !wait_until_ready(&self.recipe, &mut self.process, self.port)? {
                bail!("{} does not come back\n{}", R::KIND.title(), self.recipe.room().log());
            }
        }
        Ok(())
    }
}
