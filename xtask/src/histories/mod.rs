//! Public histories: brought here, compiled as they are with a small service, and applied by it.

mod apply;
#[cfg(test)]
mod downs;
mod fetch;
mod figures;
mod found;
mod list;
mod service;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    interrupt,
    servers::{self, Servers},
};
use figures::Figures;
use list::History;
use service::Service;

/// Which histories, and what to do with them.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Bring those that are not here yet, by `git fetch`
    #[arg(long)]
    fetch: bool,
    /// Apply them to empty databases, too
    #[arg(long)]
    apply: bool,
    /// Where repositories are fetched from
    #[arg(long, value_name = "URL", default_value = "https://github.com/{repo}")]
    remote: String,
    #[command(flatten)]
    servers: servers::Wanted,
    /// Only the histories whose names begin like this
    #[arg(value_name = "NAMES")]
    names: Vec<String>,
}

/// Does it, and prints a line for each history. It fails where one does not compile, or not apply, as it should.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let folder = folder(root);
    let mut histories = list::read(root)?;
    histories.retain(|history| {
        options.names.is_empty() || options.names.iter().any(|name| history.name.starts_with(&**name))
    });
    if histories.is_empty() {
        bail!("no history of tests/histories.toml has such a name");
    }
    let servers = if options.apply { Some(Servers::start(&options.servers)?) } else { None };

    let mut skipped = 0;
    let mut failed = 0;
    println!("{}", Figures::HEAD);
    for history in &histories {
        interrupt::check()?;
        let files = folder.join(&history.name);
        if !files.is_dir() && options.fetch {
            fetch::history(history, &options.remote, &files)?;
        }
        if !files.is_dir() {
            skipped += 1;
            continue;
        }
        let figures = take(root, history, &files, servers.as_ref())?;
        failed += usize::from(!figures.is_right());
        println!("{figures}");
    }
    if skipped > 0 {
        println!("{skipped} histories are not here: `cargo xtask histories --fetch` brings them");
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn take<'h>(
    root: &Path,
    history: &'h History,
    files: &Path,
    servers: Option<&Servers>,
) -> Result<Figures<'h>> {
    let service = Service::write(root, history, files)?;
    let built = service.build()?;
    let applied = match servers {
        Some(servers) if built.succeeded && history.not_applied.is_none() => {
            Some(apply::history(history, &service, servers)?)
        }
        _ => None,
    };
    let differences = found::findings(history, files)?.differences(history);
    Ok(Figures { history, files: count(files), differences, built, applied })
}

/// Where the histories lie.
fn folder(root: &Path) -> PathBuf {
    env::var_os("MIGRATE_HISTORIES").map_or_else(|| root.join("target/histories"), PathBuf::from)
}

/// How many files a directory holds.
fn count(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use std::{fs::File, io::Write as _};

    use super::*;
    use crate::test::SKIPPED;

    #[test]
    fn in_each_history_that_is_here_is_found_what_is_known() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut wrong = Vec::new();
        let mut missing = 0;
        for history in list::read(root).unwrap() {
            let files = folder(root).join(&history.name);
            if !files.is_dir() {
                missing += 1;
                continue;
            }
            let found = found::findings(&history, &files).unwrap();
            wrong.extend(
                found.differences(&history).into_iter().map(|line| format!("{}: {line}", history.name)),
            );
        }
        if missing > 0 {
            skip(&format!("{missing} histories are not here: `cargo xtask histories --fetch` brings them"));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn ways_back_are_judged_as_real_servers_judged_them() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let records = root.join("../shared/oracle/downs");
        let mut compared = 0;
        for record in fs::read_dir(records).into_iter().flatten().flatten() {
            let Some(verdicts) = downs::compare(&record.path(), &folder(root)).unwrap() else { continue };
            compared += 1;
            assert_eq!(verdicts.unexplained(), <[&str; 0]>::default(), "{verdicts:?}");
        }
        if compared == 0 {
            skip("the record of real servers, or the histories that it is about, are not here");
        }
    }

    fn skip(why: &str) {
        let line = format!("histories::{why}\n");
        match env::var_os(SKIPPED) {
            Some(path) => File::options()
                .append(true)
                .create(true)
                .open(path)
                .unwrap()
                .write_all(line.as_bytes())
                .unwrap(),
            None => eprint!("skipped: {line}"),
        }
    }
}
