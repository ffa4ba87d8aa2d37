use std::{
    env, io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use migrate_analysis::{config::Config, source::SourceFile};

use crate::arguments::Place;

/// Where the files of a package lie within its repository: services that read findings know nothing of packages.
pub(crate) struct Repository {
    /// The nearest folder above the package with a `.git`; the package itself where there is none.
    root: PathBuf,
    /// The folder from which people see the migration files, and that from which they see the configuration.
    files: PathBuf,
    configuration: PathBuf,
    /// The configuration, by its path as people see it.
    config: Option<Arc<SourceFile>>,
}

impl Repository {
    /// The repository of the package in the folder `package`, which the arguments name.
    pub(crate) fn new(package: &Path, place: &Place, config: &Config) -> io::Result<Self> {
        let here = env::current_dir()?;
        let package = here.join(package);
        let root = package.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&package);
        let seen_from = |named: bool| if named { here.clone() } else { package.clone() };
        Ok(Self {
            root: root.to_owned(),
            files: seen_from(place.dir.is_some()),
            configuration: seen_from(place.config.is_some()),
            config: config.file.clone(),
        })
    }

    /// The path of a file from the root of the repository, with `/`; as people see it where it lies outside.
    pub(super) fn path(&self, file: &Arc<SourceFile>) -> String {
        let folder = if self.config.as_ref() == Some(file) { &self.configuration } else { &self.files };
        self.within(&folder.join(file.path())).unwrap_or_else(|| file.path().to_owned())
    }

    /// The path of the configuration file, which need not be there.
    pub(super) fn configuration(&self) -> String {
        match &self.config {
            Some(file) => self.path(file),
            None => {
                let file = migrate_analysis::source::CONFIGURATION_FILE;
                self.within(&self.configuration.join(file)).unwrap_or_else(|| file.to_owned())
            }
        }
    }

    fn within(&self, path: &Path) -> Option<String> {
        let path = without_detours(path);
        let inner = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }
}

/// The path without `.` and `..`, as it is written: links are not followed.
fn without_detours(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                straight.pop();
            }
            part => straight.push(part),
        }
    }
    straight
}

#[cfg(test)]
impl Repository {
    /// A repository with a package in the folder `package`.
    pub(super) fn of_package(package: &str) -> Self {
        let root = PathBuf::from("/repository");
        let package = root.join(package);
        Self { root, files: package.clone(), configuration: package, config: None }
    }
}
