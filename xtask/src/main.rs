//! The project's scripts.

mod interrupt;
mod servers;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The project's scripts
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the tests of the whole workspace on private servers and count what ran
    ///
    /// The last line reads `N passed, N failed, N skipped`. A test is skipped if it is marked `#[ignore]`, or if
    /// this machine lacks the server that it needs.
    Test(test::Options),
    /// Start private PostgreSQL and MariaDB servers and keep them until Ctrl-C or the end of the input
    ///
    /// Prints, one a line, the shell commands by which `cargo test` finds them.
    Servers(servers::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    interrupt::listen()?;
    match cli.command {
        Command::Test(options) => test::run(&options),
        Command::Servers(options) => servers::run(&options).map(|()| ExitCode::SUCCESS),
    }
}
