use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{Dialect, Span};

use super::unknown;
use crate::{
    config::Config,
    source::{
        Part, SourceFile,
        name::{FileName, METADATA_FILE, Misnamed},
    },
};

/// The files whose names have the stem in common.
pub(super) struct Group<'f> {
    pub(super) stem: &'f str,
    pub(super) files: Vec<(FileName<'f>, &'f Arc<SourceFile>)>,
    /// `metadata.toml`, which only a folder has.
    pub(super) metadata: Option<&'f Arc<SourceFile>>,
}

/// The files of a directory by their names.
pub(super) struct Groups<'f> {
    pub(super) groups: Vec<Group<'f>>,
    /// The files whose names are none of a migration.
    pub(super) misnamed: Vec<(&'f Arc<SourceFile>, Misnamed)>,
}

/// Sorts files into groups.
pub(super) fn groups(files: &[Arc<SourceFile>]) -> Groups<'_> {
    let mut stems: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    let mut misnamed = Vec::new();
    let group = |stem| Group { stem, files: Vec::new(), metadata: None };
    for file in files {
        match (file.name().strip_suffix(METADATA_FILE), FileName::parse(file.name())) {
            (Some(stem), _) if stem.ends_with('/') => {
                stems.entry(stem).or_insert_with(|| group(stem)).metadata = Some(file);
            }
            (_, Ok(name)) => {
                stems.entry(name.stem).or_insert_with(|| group(name.stem)).files.push((name, file));
            }
            (_, Err(wrong)) => misnamed.push((file, wrong)),
        }
    }
    Groups { groups: stems.into_values().collect(), misnamed }
}

impl<'f> Group<'f> {
    /// Whether one of its files is of this part.
    pub(super) fn has(&self, part: Part) -> bool {
        self.files.iter().any(|(name, _)| name.part == part)
    }

    /// Whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.stem.ends_with('/')
    }

    /// Whether it holds the down half alone.
    pub(super) fn is_down(&self) -> bool {
        self.files.iter().all(|(name, _)| name.part == Part::Down)
    }

    /// The databases that it has an up script for; `None` stands for all.
    pub(super) fn up_dialects(&self) -> impl Iterator<Item = Option<Dialect>> {
        self.files.iter().filter(|(name, _)| name.part != Part::Down).map(|(name, _)| name.dialect)
    }

    /// Takes in the files of another group.
    pub(super) fn join(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.metadata = self.metadata.or(other.metadata);
    }

    /// All of its files.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &'f Arc<SourceFile>> {
        self.files.iter().map(|(_, file)| *file).chain(self.metadata)
    }

    /// The file of a tool whose layout is not known, with the tool and the line that tells it.
    pub(super) fn unknown(&self) -> Option<(&'f Arc<SourceFile>, &'static str, Span)> {
        self.files.iter().find_map(|(_, file)| {
            let (tool, mark) = unknown::tool(file.text())?;
            Some((*file, tool, mark))
        })
    }

    /// The texts of its files.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'f str> {
        self.files.iter().map(|(_, file)| &**file.text())
    }

    /// Puts the files into the order of a revision's, and tells of each which databases' SQL it holds.
    pub(super) fn sorted(
        mut self,
        config: &Config,
    ) -> Vec<(FileName<'f>, &'f Arc<SourceFile>, Vec<Dialect>)> {
        self.files.sort_by_key(|(name, _)| (name.dialect, name.part as u8));
        let others: Vec<Dialect> = self.files.iter().filter_map(|(name, _)| name.dialect).collect();
        self.files
            .into_iter()
            .map(|(name, file)| {
                let dialects = dialects(&name, config, &others);
                (name, file, dialects)
            })
            .collect()
    }
}

/// The databases whose SQL a file holds: the one in its name, else those that have no file of their own.
fn dialects(name: &FileName<'_>, config: &Config, others: &[Dialect]) -> Vec<Dialect> {
    if let Some(dialect) = name.dialect.or(config.dialect) {
        return vec![dialect];
    }
    // A file for one database may lack this half, so that all databases may come to read it where none is left.
    let left: Vec<Dialect> =
        config.databases.iter().copied().filter(|dialect| !others.contains(dialect)).collect();
    if left.is_empty() { config.databases.clone() } else { left }
}
