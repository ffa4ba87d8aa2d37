//! The one place of this crate that touches a disk.

#![expect(clippy::disallowed_methods, reason = "the one file that reads the disk")]

use migrate_core::did_you_mean;
use std::{
    fs::{self, DirEntry},
    io,
    path::{Component, Path},
    sync::Arc,
};

use super::{SourceFile, Sources, name};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::file::{
        file_too_large, missing_directory, non_utf8_file, path_outside_package, unreadable_file,
        unrecognised_file,
    },
};

/// The name of the configuration file.
pub const CONFIGURATION_FILE: &str = "migrate.toml";

/// The name of the lock file, in the migration directory.
pub const LOCK_FILE: &str = "migrate.lock";

/// The largest file that is read, in bytes.
pub(crate) const LARGEST_FILE: u64 = 16 * 1024 * 1024;

impl Config {
    /// Reads `migrate.toml` in the directory of a package. Where there is none, that is the default configuration.
    #[must_use]
    pub fn read(package: &Path) -> Self {
        Self::read_file(&package.join(CONFIGURATION_FILE), CONFIGURATION_FILE).unwrap_or_default()
    }

    /// Reads a configuration file, which people know by the path `shown`. `None` where there is none.
    #[must_use]
    pub fn read_file(path: &Path, shown: &str) -> Option<Self> {
        match fs::read(path) {
            Ok(bytes) => Some(match text("", shown, bytes) {
                Ok(file) => Self::parse(&file),
                Err(finding) => Self::unreadable(*finding),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => Some(Self::unreadable(unreadable_file::finding("", shown, &reason(&error)))),
        }
    }
}

impl Sources {
    /// Reads the migration directory `dir` of a package. The path may not lead out of the package, because what lies
    /// outside is not there when the package is built elsewhere.
    #[must_use]
    pub fn read_within(package: &Path, dir: &str) -> Self {
        let refused = |finding| Self { dir: dir.to_owned(), findings: vec![finding], ..Self::default() };
        let leaves = |part| !matches!(part, Component::Normal(_) | Component::CurDir);
        if Path::new(dir).components().any(leaves) {
            return refused(path_outside_package::of_directory(dir));
        }
        let Ok(root) = package.canonicalize() else { return refused(missing_directory::finding(dir, None)) };
        let path = root.join(dir);
        if path.canonicalize().is_ok_and(|target| !target.starts_with(&root)) {
            return refused(path_outside_package::of_directory(dir));
        }
        Self::read_directory(&path, dir, Some(&root))
    }

    /// Reads a migration directory anywhere; people know it by the path as given.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let shown = path.to_string_lossy().replace('\\', "/");
        Self::read_directory(path, &shown, None)
    }

    fn read_directory(path: &Path, dir: &str, root: Option<&Path>) -> Self {
        let mut sources = Self { dir: dir.to_owned(), folder: Some(path.to_owned()), ..Self::default() };
        match entries(path) {
            Ok(entries) => entries.iter().for_each(|entry| sources.read_entry(entry, root)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                sources.findings.push(missing_directory::finding(dir, similar(path, dir).as_deref()));
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                sources.findings.push(missing_directory::not_a_directory(dir));
            }
            Err(error) => sources.findings.push(unreadable_file::finding("", dir, &reason(&error))),
        }
        sources
    }

    fn read_entry(&mut self, entry: &DirEntry, root: Option<&Path>) {
        let lossy = entry.file_name().to_string_lossy().into_owned();
        let is_lock = lossy == LOCK_FILE;
        if name::is_ignored(&lossy) && !is_lock {
            return;
        }
        let Ok(name) = entry.file_name().into_string() else {
            self.findings.push(non_utf8_file::of_name(&self.dir, &lossy));
            return;
        };
        match read_file(&self.dir, &name, entry, root) {
            Ok(Content::File(file)) if is_lock => self.lock = Some(file),
            Ok(Content::File(file)) => self.files.push(file),
            Ok(Content::Folder(entries)) => self.read_folder(&name, &entries, root),
            Err(finding) => self.findings.push(*finding),
        }
    }

    /// Reads a folder of the directory, where it is one of Diesel's.
    fn read_folder(&mut self, folder: &str, entries: &[DirEntry], root: Option<&Path>) {
        let names = || entries.iter().filter_map(|entry| entry.file_name().into_string().ok());
        if !name::is_folder_of_scripts(names()) {
            if !entries.is_empty() {
                self.findings.push(unrecognised_file::directory(&self.dir, folder));
            }
            return;
        }
        for entry in entries {
            let lossy = entry.file_name().to_string_lossy().into_owned();
            if name::is_ignored(&lossy) && lossy != name::METADATA_FILE {
                continue;
            }
            let name = format!("{folder}/{lossy}");
            if entry.file_name().to_str().is_none() {
                self.findings.push(non_utf8_file::of_name(&self.dir, &name));
                continue;
            }
            match read_file(&self.dir, &name, entry, root) {
                Ok(Content::File(file)) => self.files.push(file),
                Ok(Content::Folder(entries)) if entries.is_empty() => {}
                Ok(Content::Folder(_)) => {
                    self.findings.push(unrecognised_file::directory(&self.dir, &name).at_most_a_warning());
                }
                Err(finding) => self.findings.push(*finding),
            }
        }
    }
}

/// The entries of a directory by the bytes of their names.
fn entries(path: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// What an entry of the directory holds.
enum Content {
    File(Arc<SourceFile>),
    Folder(Vec<DirEntry>),
}

/// Reads an entry of the directory.
fn read_file(
    dir: &str,
    name: &str,
    entry: &DirEntry,
    root: Option<&Path>,
) -> Result<Content, Box<Diagnostic>> {
    let path = entry.path();
    let unreadable = |error: io::Error| Box::new(unreadable_file::finding(dir, name, &reason(&error)));
    let is_link = entry.file_type().map_err(unreadable)?.is_symlink();
    if let Some(root) = root.filter(|_| is_link)
        && path.canonicalize().is_ok_and(|target| !target.starts_with(root))
    {
        return Err(Box::new(path_outside_package::of_link(dir, name)));
    }
    let metadata = fs::metadata(&path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Ok(Content::Folder(entries(&path).map_err(unreadable)?));
    }
    // Opening a pipe would wait for its other end for ever.
    if !metadata.is_file() {
        return Err(Box::new(unrecognised_file::special(dir, name)));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(Box::new(file_too_large::finding(dir, name, metadata.len())));
    }
    text(dir, name, fs::read(&path).map_err(unreadable)?).map(Content::File)
}

fn text(dir: &str, name: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(dir, name, text)),
        Err(error) => Err(Box::new(non_utf8_file::of_text(dir, name, &error))),
    }
}

/// A directory beside the missing one that may be meant, as people would write it.
fn similar(path: &Path, dir: &str) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let beside = entries(path.parent()?).ok()?;
    let directories = beside.iter().filter(|entry| entry.path().is_dir());
    let names: Vec<String> = directories.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let meant = did_you_mean(wanted, names.iter().map(String::as_str))?;
    Some(format!("{}{meant}", dir.strip_suffix(wanted)?))
}

/// What the system says, without numbers that mean nothing to most people.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
