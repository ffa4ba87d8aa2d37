//! Installing the servers, on Debian and its relatives.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::unistd::Uid;

use super::Kind;
use super::program::{self, Missing};

/// Where the package scripts ask whether they may start a service.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// How to get the server of `kind`.
pub(crate) fn advice(kind: Kind) -> String {
    let package = kind.package().unwrap_or_default();
    format!("get it by `apt-get install {package}` as root, or add `--install`")
}

/// Installs the packages that bring what is missing, and leaves no service running.
pub(crate) fn packages_of(missing: &[Missing]) -> Result<()> {
    let packages: Vec<_> = missing.iter().filter_map(|missing| missing.kind.package()).collect();
    if program::on_this_machine("apt-get").is_none() {
        bail!("`--install` needs apt-get; install PostgreSQL, MariaDB and PgBouncer by hand");
    }
    if !Uid::effective().is_root() {
        bail!("`--install` needs root: run `sudo apt-get install {}`", packages.join(" "));
    }
    eprintln!("xtask: installing {}", packages.join(" and "));
    if let Err(error) = apt_get(&["update"]) {
        // One broken source among several fails the update; the packages may be had all the same.
        eprintln!("xtask: {error:#}");
    }
    let _policy = NoServices::declare()?;
    let install = ["install", "--yes", "--no-install-recommends"];
    apt_get(&[&install, packages.as_slice()].concat())
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let output = Command::new("apt-get")
        // Another installation may be under way, such as the unattended one of a new machine.
        .args(["-q", "-o", "DPkg::Lock::Timeout=300"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output()
        .context("cannot run `apt-get`")?;
    if !output.status.success() {
        bail!(
            "`apt-get {}` failed: {}\n{}{}",
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

/// While it lives, package scripts start no service: the tests bring their own servers.
struct NoServices {
    ours: bool,
}

impl NoServices {
    fn declare() -> Result<Self> {
        if Path::new(POLICY).exists() {
            // The machine has a policy of its own; a container's is the same as ours.
            return Ok(Self { ours: false });
        }
        File::options()
            .write(true)
            .create_new(true)
            .mode(0o755)
            .open(POLICY)
            .and_then(|mut file| file.write_all(b"#!/bin/sh\nexit 101\n"))
            .with_context(|| format!("cannot write `{POLICY}`"))?;
        Ok(Self { ours: true })
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.ours
            && let Err(error) = fs::remove_file(POLICY)
        {
            eprintln!(
                "xtask: cannot remove `{POLICY}`, which keeps packages from starting services: {error}"
            );
        }
    }
}
