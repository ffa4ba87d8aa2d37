//! `cargo xtask servers`.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use super::{Servers, Wanted};
use crate::interrupt;

const POLL: Duration = Duration::from_millis(100);

/// Which servers to keep, and how.
#[derive(Args, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    servers: Wanted,
    /// Start a server that has died again, on its data and its port, in place of ending with it
    #[arg(long)]
    revive: bool,
}

/// Starts the servers, says where they are, and keeps them until Ctrl-C or the end of the standard input.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut servers = Servers::start(&options.servers)?;
    if servers.variables().next().is_none() {
        bail!("there is no server to keep");
    }
    let mut out = io::stdout().lock();
    for (name, url) in servers.variables() {
        writeln!(out, "export {name}='{url}'")?;
    }
    out.flush()?;
    eprintln!("xtask: ready; Ctrl-C or the end of the input stops the servers");

    let (end, ended) = mpsc::channel();
    thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        // The receiver is gone if Ctrl-C came first.
        let _ = end.send(());
    });
    while !interrupt::requested() && ended.recv_timeout(POLL) == Err(RecvTimeoutError::Timeout) {
        if options.revive {
            servers.revive()?;
        } else {
            servers.check()?;
        }
    }
    Ok(())
}
