use std::{collections::BTreeMap, fs, path::Path};

use migrate_analysis::{
    Report, check,
    source::{LOCK_FILE, SourceFile},
};

use crate::{failure::Failure, package::Package, writing};

/// What becomes of the files of a directory.
#[derive(Default)]
pub(super) struct Change {
    /// The new names, by the old ones.
    names: BTreeMap<String, String>,
    /// The new texts, by the old names.
    texts: BTreeMap<String, String>,
    /// The text of the lock file.
    pub(super) lock: Option<String>,
}

impl Change {
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.texts.is_empty() && self.lock.is_none()
    }

    /// Gives a file another name, and perhaps not for the first time.
    pub(super) fn rename(&mut self, file: &SourceFile, name: String) {
        self.names.insert(self.name_before(file), name);
    }

    pub(super) fn rewrite(&mut self, file: &SourceFile, text: String) {
        self.texts.insert(self.name_before(file), text);
    }

    /// What the file says after the changes so far.
    pub(super) fn text<'c>(&'c self, file: &'c SourceFile) -> &'c str {
        self.texts.get(&self.name_before(file)).map_or(file.text(), String::as_str)
    }

    fn name_before(&self, file: &SourceFile) -> String {
        let renamed = self.names.iter().find(|(_, name)| **name == **file.name());
        renamed.map_or_else(|| file.name().to_string(), |(before, _)| before.clone())
    }

    /// What there is to say of the directory after the change.
    pub(super) fn check(&self, package: &Package) -> Report {
        let files = package.sources.files().iter();
        let changed = files.filter_map(|file| {
            let name = self.names.get(&**file.name());
            let text = self.texts.get(&**file.name());
            (name.is_some() || text.is_some()).then(|| {
                (name.map_or(&**file.name(), String::as_str), text.map_or(&**file.text(), String::as_str))
            })
        });
        let lock = self.lock.iter().map(|text| (LOCK_FILE, text.as_str()));
        let removed = self.names.keys().map(String::as_str);
        check(&package.sources.changed(removed, changed.chain(lock)), &package.config)
    }

    /// Writes the change.
    ///
    /// Files get their names first, which alone changes nothing in a history with headers, then their texts, of which each
    /// one moves a revision, and last comes the lock. So a process that is killed in between leaves a sound history, in
    /// which what is left to be done can be found again.
    pub(super) fn write(&self, package: &Package) -> Result<(), Failure> {
        for (before, after) in &self.names {
            let (before, after) = whole_folders(&package.dir, before, after);
            let (before, after) = (package.dir.join(before), package.dir.join(after));
            // The folder of several files is renamed by the first of them.
            if !before.exists() {
                continue;
            }
            if after.exists() {
                let message = format!("`{}` is in the way of `{}`", after.display(), before.display());
                return Err(Failure::refused(message, "take it away, and rebase again"));
            }
            fs::rename(&before, &after).map_err(|error| Failure::file("rename", &before, &error))?;
        }
        for (before, text) in &self.texts {
            writing::replace(&package.dir.join(self.names.get(before).unwrap_or(before)), text)?;
        }
        match &self.lock {
            Some(lock) => writing::replace(&package.dir.join(LOCK_FILE), lock),
            None => Ok(()),
        }
    }
}

/// The folders of two files, where these differ: all that is in it has to come along.
fn whole_folders<'n>(dir: &Path, before: &'n str, after: &'n str) -> (&'n str, &'n str) {
    match (before.split_once('/'), after.split_once('/')) {
        (Some((before, _)), Some((after, _))) if !dir.join(after).exists() || !dir.join(before).exists() => {
            (before, after)
        }
        _ => (before, after),
    }
}
