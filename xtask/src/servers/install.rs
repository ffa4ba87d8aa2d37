//! Installing the servers, on Debian and its relatives.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::unistd::Uid;

use super::Kind;
use super::program;

/// Where the package scripts ask whether they may start a service.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// How to get the servers of `kinds`.
pub(crate) fn advice(kinds: &[Kind]) -> String {
    let packages: Vec<_> = kinds.iter().filter_map(|kind| kind.package()).collect();
    format!("get it by `apt-get install {}` as root, or add `--install`", packages.join(" "))
}

/// Installs the packages of `kinds`, if there are any, and leaves no service running.
pub(crate) fn missing(kinds: &[Kind]) -> Result<()> {
    let packages: Vec<_> = kinds.iter().filter_map(|kind| kind.package()).collect();
    if packages.is_empty() {
        return Ok(());
    }
    if program::on_this_machine("apt-get").is_none() {
        bail!("`--install` needs apt-get; install PostgreSQL and MariaDB by hand");
    }
    if !Uid::effective().is_root() {
        bail!("`--install` needs root: run `sudo apt-get install {}`", packages.join(" "));
    }
    eprintln!("xtask: installing {}", packages.join(" and "));
    apt_get(&["update"])?;
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
