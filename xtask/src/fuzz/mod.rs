//! `cargo xtask fuzz`: broken SQL at every door, for a while.
//!
//! The work is done in a process of its own, on a thread with a stack as small as that of a test: an overflow ends the
//! process and not the search, and the input that did it is found in a file.

mod corpus;
mod giant;
mod input;
mod search;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use migrate_core::Dialect;

use crate::interrupt;

/// For how long, and where to begin.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// For how many seconds
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where the random numbers begin: the same seed tries the same inputs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One database instead of all in turn
    #[arg(long)]
    database: Option<Dialect>,
    /// Inputs of a megabyte instead, each with the time that it takes
    #[arg(long)]
    giant: bool,
    /// Search in this process
    #[arg(long, hide = true)]
    here: bool,
}

/// Searches, and fails where an input was found that breaks something.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let folder = folder();
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let dialects = options.database.map_or(Dialect::ALL.to_vec(), |one| vec![one]);
    if options.here && options.giant {
        return giant::run(&folder, &dialects);
    }
    if options.here {
        let corpus = corpus::read(&root())?;
        let end = Instant::now() + Duration::from_secs(options.seconds);
        return search::run(&folder, &corpus, &dialects, options.seed, end);
    }
    let mut command = Command::new(env::current_exe().context("cannot find this program")?);
    command.args(["fuzz", "--here"]).args(env::args_os().skip(2));
    let status = command.status().context("cannot run this program again")?;
    interrupt::check()?;
    match status.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        Some(_) => Ok(ExitCode::FAILURE),
        None => bail!("the search was ended by {status}; its last input is {}", last(&folder).display()),
    }
}

/// The input that is being tried.
fn last(folder: &Path) -> PathBuf {
    folder.join("last.sql")
}

fn folder() -> PathBuf {
    root().join("target/fuzz")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}
