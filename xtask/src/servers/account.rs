//! Who runs a server: database servers refuse to run as root, and tests should not ask them to.

use std::fmt;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use nix::unistd::{Uid, User};

/// The account under which a server and its preparation run.
pub(crate) enum Account {
    /// We are an ordinary user, and so is the server.
    Own,
    /// We are root: the server runs as this user and owns its folder.
    Other(User),
}

impl fmt::Display for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => out.write_str("ourselves"),
            Self::Other(user) => write!(out, "the user `{}`", user.name),
        }
    }
}

impl Account {
    /// Our own account, or for root the first of `names` that this machine knows.
    pub(crate) fn unprivileged(names: &[&str]) -> Result<Self> {
        if !Uid::effective().is_root() {
            return Ok(Self::Own);
        }
        for name in names {
            if let Some(user) = User::from_name(name).context("cannot read the list of users")? {
                return Ok(Self::Other(user));
            }
        }
        bail!("a server cannot run as root, and there is none of the users {}", names.join(", "))
    }

    /// Gives `path` to this account.
    pub(crate) fn take(&self, path: &Path) -> Result<()> {
        let Self::Other(user) = self else { return Ok(()) };
        chown(path, Some(user.uid.as_raw()), Some(user.gid.as_raw()))
            .with_context(|| format!("cannot give `{}` to {self}", path.display()))
    }

    /// Makes `command` run as this account, without the rights of our groups.
    pub(crate) fn run<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        match self {
            Self::Own => command,
            // For root the standard library also drops the supplementary groups.
            Self::Other(user) => command.uid(user.uid.as_raw()).gid(user.gid.as_raw()),
        }
    }
}
