//! `cargo xtask torture`: processes that migrate are killed, many times, on private servers.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::{
    adoption, interrupt,
    servers::{self, Servers},
};

/// Alembic and its drivers.
const PACKAGES: [&str; 3] = ["alembic==1.20.1", "psycopg2-binary==2.9.13", "pymysql==1.2.4"];

/// How often, and on which servers.
#[derive(Args, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    servers: servers::Wanted,
    /// How many kills on each database are to hit a process between its first and its last statement; a tenth of them
    /// hits the server
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    kills: u64,
    /// The number that the moments of the kills follow from; another one each time by default
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Kill sqlx and Alembic as well, on the same history; builds the one and installs the other
    #[arg(long)]
    peers: bool,
}

/// The tests, of which there is one for each database.
const TESTS: [&str; 2] =
    ["torture::kills::the_next_start_finishes_the_job", "torture::falls::a_server_that_dies_loses_nothing"];

/// Starts the servers, kills and starts again, stops the servers.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is in no folder")?;
    let folder = root.join("target");
    let table = folder.join("torture.md");
    fs::create_dir_all(&folder).and_then(|()| fs::write(&table, "")).context("cannot write the table")?;
    let mut servers = Servers::start(&options.servers)?;
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(["test", "--package", "migrate-workspace", "--test", "runtime", "--"]);
    for kind in options.servers.kinds() {
        command.args(TESTS.map(|test| format!("{test}::{kind}")));
    }
    if options.peers {
        command.arg("torture::peers").env("MIGRATE_TORTURE_PEERS", peers(root)?);
    }
    command.arg("--nocapture");
    command.current_dir(root).env("MIGRATE_TORTURE_KILLS", options.kills.to_string());
    command.env("MIGRATE_TORTURE_TABLE", &table);
    if let Some(seed) = options.seed {
        command.env("MIGRATE_TORTURE_SEED", seed.to_string());
    }
    servers.tell(&mut command);
    let status = command.stdin(Stdio::null()).status().context("cannot run `cargo test`")?;
    interrupt::check()?;
    servers.check()?;
    println!("{}", fs::read_to_string(&table).context("cannot read the table")?);
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The names of the peers and their programs.
fn peers(root: &Path) -> Result<String> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let tools = adoption::install(&target.join("peers").join("python"), &PACKAGES, &["alembic"])?;
    let build =
        ["build", "--release", "--quiet", "--example", "victim", "--manifest-path", "benches/Cargo.toml"];
    let folder = target.join("peers");
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(build).arg("--target-dir").arg(&folder).current_dir(root);
    if !command.status().context("cannot run `cargo build`")?.success() {
        bail!("the service with sqlx's migrator cannot be built");
    }
    let sqlx = folder.join("release").join("examples").join("victim");
    Ok(format!("sqlx={},alembic={}", sqlx.display(), tools.join("alembic").display()))
}
