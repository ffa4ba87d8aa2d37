//! The project's scripts.

mod adoption;
mod bench;
mod fuzz;
mod histories;
mod interrupt;
mod libraries;
mod oracle;
mod servers;
mod test;
mod torture;
mod truth;

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
    /// Measure, on private servers, what the project says about its speed and size
    Bench(bench::Options),
    /// Take over databases that other tools have really migrated, on private servers
    ///
    /// Builds the crates of sqlx, diesel and refinery, and installs Alembic and dbmate into a folder of its own.
    Adoption(servers::Wanted),
    /// Compare the planner with what Alembic answered to the same questions
    ///
    /// Prints how many answers agree and why the others differ. Fails where a difference has no category.
    Oracle(oracle::Options),
    /// Try broken SQL at every door, for a while: nothing may panic, overflow the stack, or hang
    ///
    /// What breaks something is kept in `target/fuzz`.
    Fuzz(fuzz::Options),
    /// Compile public histories as they are, with a small service each, and tell what was found in them
    ///
    /// `tests/histories.toml` lists them, and what is known to be wrong with them. Their files are looked for in
    /// `target/histories`, or where `MIGRATE_HISTORIES` says.
    Histories(histories::Options),
    /// Carry public histories out on real servers, and compare the catalog with the replay after every revision
    ///
    /// Likewise every way back, on a copy. Prints what differs, and writes a table to `target/truth.md`. The histories are
    /// those of `cargo xtask histories`.
    Truth(truth::Options),
    /// Kill processes that migrate, at every boundary between statements and at random moments, on private servers
    ///
    /// The next start has to finish the job by itself, and nothing may be lost or done twice. Prints what became of the
    /// kills, and writes it to `target/torture.md`.
    Torture(torture::Options),
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
        Command::Adoption(wanted) => adoption::run(&wanted),
        Command::Bench(options) => bench::run(&options),
        Command::Oracle(options) => oracle::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Histories(options) => histories::run(&options),
        Command::Truth(options) => truth::run(&options),
        Command::Torture(options) => torture::run(&options),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_and_their_options_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_follows_two_dashes_is_for_cargo_test() {
        let line =
            ["xtask", "test", "--only", "sqlite,mysql", "--", "-p", "migrate-core", "--", "--nocapture"];
        assert!(Cli::try_parse_from(line).is_ok());
        assert!(Cli::try_parse_from(["xtask", "test", "--only", "oracle"]).is_err());
    }
}
