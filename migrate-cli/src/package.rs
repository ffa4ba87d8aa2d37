use std::{
    env,
    path::{Path, PathBuf},
};

use migrate_analysis::{
    Report, check,
    config::Config,
    source::{CONFIGURATION_FILE, Sources},
};

use crate::{arguments::Place, failure::Failure};

/// Reads what the arguments name, and checks it.
pub(crate) fn load(place: &Place) -> Result<(Report, Config), Failure> {
    let package = package(&env::current_dir()?);
    let (mut config, root) = match &place.config {
        Some(path) => (named(path)?, path.parent().map(Path::to_owned).unwrap_or_default()),
        None => (Config::read(&package), package),
    };
    if !place.database.is_empty() {
        config.databases.clone_from(&place.database);
    }
    let sources = match &place.dir {
        Some(dir) => {
            // What the command names is not at fault in the file.
            config.dir = None;
            Sources::read(dir)
        }
        // An empty path is the current directory, which the system knows by another name.
        None if root.as_os_str().is_empty() => Sources::read_within(Path::new("."), config.dir()),
        None => Sources::read_within(&root, config.dir()),
    };
    Ok((check(&sources, &config), config))
}

/// The package that a folder belongs to: the nearest folder above it, or itself, with a `migrate.toml` or a
/// `Cargo.toml`.
fn package(folder: &Path) -> PathBuf {
    let has_manifest =
        |folder: &&Path| [CONFIGURATION_FILE, "Cargo.toml"].iter().any(|name| folder.join(name).is_file());
    folder.ancestors().find(has_manifest).unwrap_or(folder).to_owned()
}

fn named(path: &Path) -> Result<Config, Failure> {
    let shown = path.to_string_lossy().replace('\\', "/");
    Config::read_file(path, &shown).ok_or_else(|| {
        let message = format!("there is no file `{shown}`");
        Failure::usage(
            message,
            "`--config` names a file such as `migrate.toml`; without it, all is at its default",
        )
    })
}
