use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use super::list::History;

/// Brings the migration directory of a history, at its commit, into a folder.
pub(super) fn history(history: &History, remote: &str, folder: &Path) -> Result<()> {
    let remote = remote.replace("{repo}", &history.repo);
    let beside = folder.with_extension("fetching");
    if beside.exists() {
        // An earlier run was ended in the middle.
        fs::remove_dir_all(&beside)?;
    }
    fs::create_dir_all(&beside)?;
    let git = |arguments: &[&str]| git(&beside, arguments);
    git(&["init", "--quiet"])?;
    git(&["fetch", "--quiet", "--depth=1", "--filter=blob:none", &remote, &history.commit])
        .with_context(|| format!("cannot fetch {} of {remote}", history.commit))?;
    git(&["checkout", "--quiet", "FETCH_HEAD", "--", &history.path])
        .with_context(|| format!("there is no `{}` in it", history.path))?;
    fs::rename(beside.join(&history.path), folder)?;
    fs::remove_dir_all(&beside)?;
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .status()
        .context("cannot run `git`")?;
    if !status.success() {
        bail!("`git {}` failed", arguments.join(" "));
    }
    Ok(())
}
