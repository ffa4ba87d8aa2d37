//! `cargo xtask bench`: the figures, on private servers.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use crate::interrupt;
use crate::libraries;
use crate::servers::{self, Servers};

/// What to measure, and on which servers.
#[derive(Args, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    servers: servers::Wanted,
    /// Arguments for the benchmarks: figures, `--quick`; `--help` lists them
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

/// Starts the servers, takes the figures, stops the servers.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut servers = Servers::start(&options.servers)?;
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("benches").join("Cargo.toml");
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--release", "--quiet", "--manifest-path"]).arg(manifest);
    command.arg("--features").arg(libraries::features()).arg("--").args(&options.arguments);
    servers.tell(&mut command);
    // Ctrl-C reaches the benchmarks too, since they are of the same group: they end, and we go on from here.
    let status = command.stdin(Stdio::null()).status().context("cannot run `cargo run`")?;
    interrupt::check()?;
    servers.check()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
