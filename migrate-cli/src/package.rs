use std::{
    env,
    path::{Path, PathBuf},
};

use migrate_analysis::{
    Report, check,
    config::Config,
    source::{CONFIGURATION_FILE, Sources},
};

use migrate_core::{Dialect, did_you_mean};

use crate::{arguments::Place, failure::Failure};

/// A package with migrations, as it was found on the disk.
pub(crate) struct Package {
    /// Its folder; empty for the current one.
    pub(crate) root: PathBuf,
    /// `migrate.toml`, or what was named in its place; it need not be there.
    pub(crate) configuration: PathBuf,
    /// The migration directory, which need not be there.
    pub(crate) dir: PathBuf,
    pub(crate) config: Config,
    pub(crate) sources: Sources,
    pub(crate) report: Report,
}

impl Package {
    /// Reads what the arguments name, and checks it.
    pub(crate) fn load(place: &Place) -> Result<Self, Failure> {
        let package = root_of(&env::current_dir()?);
        let (mut config, root) = match &place.config {
            Some(path) => (named(path)?, path.parent().map(Path::to_owned).unwrap_or_default()),
            None => (Config::read(&package), package),
        };
        // Of a file that cannot be read nobody knows which environments it has.
        if let Some(name) = place.environment.as_ref().filter(|_| !config.is_broken()) {
            config = config.environment(name).ok_or_else(|| unknown_environment(name, &config))?;
        }
        if !place.database.is_empty() {
            config.databases.clone_from(&place.database);
        }
        let (sources, dir) = match &place.dir {
            Some(dir) => {
                // What the command names is not at fault in the file.
                config.dir = None;
                (Sources::read(dir), dir.clone())
            }
            None => {
                // An empty path is the current directory, which the system knows by another name.
                let folder = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
                (Sources::read_within(folder, config.dir()), root.join(config.dir()))
            }
        };
        let configuration = place.config.clone().unwrap_or_else(|| root.join(CONFIGURATION_FILE));
        let report = check(&sources, &config);
        Ok(Self { root, configuration, dir, config, sources, report })
    }

    /// The same, checked for this database where none is named.
    pub(crate) fn or_for(mut self, dialect: Dialect) -> Self {
        if self.config.databases.is_empty() {
            self.config.databases.push(dialect);
            self.report = check(&self.sources, &self.config);
        }
        self
    }
}

/// The package that a folder belongs to: the nearest folder above it, or itself, with a `migrate.toml` or a
/// `Cargo.toml`.
pub(crate) fn root_of(folder: &Path) -> PathBuf {
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

fn unknown_environment(name: &str, config: &Config) -> Failure {
    let known = || config.environments.keys().map(String::as_str);
    let help = if let Some(meant) = did_you_mean(name, known()) {
        format!("did you mean `{meant}`?")
    } else if config.environments.is_empty() {
        format!("write what is different there below `[environments.{name}]` in `{CONFIGURATION_FILE}`")
    } else {
        let known: Vec<String> = known().map(|name| format!("`{name}`")).collect();
        format!("the environments are {}", known.join(", "))
    };
    Failure::usage(format!("there is no environment `{name}`"), help)
}
