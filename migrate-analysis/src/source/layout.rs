//! Which files are one revision: the native layout.
//!
//! A revision is `<stem>.sql`, or the pair `<stem>.up.sql` and `<stem>.down.sql`. Beside it or instead of it there may
//! be files for one database: `<stem>.sqlite.sql`, `<stem>.sqlite.up.sql`. A half that such a file has takes the place
//! of the half in the file for all databases. The header stands once, in the first file that has one.

use std::{collections::BTreeMap, sync::Arc};

use migrate_core::Dialect;

use super::{Header, RevisionFile, RevisionFiles, SourceFile, name::FileName, parse};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::file::{
        duplicate_section, form, invalid_header, missing_revision_id, orphan_down, unrecognised_file,
    },
};

/// The revisions of a directory, by their stems, and what is wrong with their files.
pub(crate) struct Layout {
    pub(crate) revisions: Vec<RevisionFiles>,
    pub(crate) findings: Vec<Diagnostic>,
    /// Whether there are files that seem to be migrations, but are not read for their names.
    pub(crate) misnamed: bool,
}

/// Sorts the files into revisions and reads them.
pub(crate) fn arrange(files: &[Arc<SourceFile>], config: &Config) -> Layout {
    let mut findings = Vec::new();
    let mut some_misnamed = false;
    let mut stems: BTreeMap<&str, Vec<(FileName<'_>, &Arc<SourceFile>)>> = BTreeMap::new();
    for file in files {
        match FileName::parse(file.name()) {
            Ok(name) => stems.entry(name.stem).or_default().push((name, file)),
            Err(misnamed) => {
                some_misnamed |= misnamed.meant.is_some();
                findings.push(unrecognised_file::misnamed(file, misnamed.meant.as_deref()));
            }
        }
    }
    let mut revisions: Vec<RevisionFiles> =
        stems.into_iter().map(|(stem, files)| revision(stem, files, config, &mut findings)).collect();
    orphan_down::check(&mut revisions, &mut findings);
    for revision in &mut revisions {
        missing_revision_id::check(revision, &mut findings);
    }
    Layout { revisions, findings, misnamed: some_misnamed }
}

fn revision(
    stem: &str,
    mut files: Vec<(FileName<'_>, &Arc<SourceFile>)>,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
) -> RevisionFiles {
    files.sort_by_key(|(name, _)| (name.dialect, name.part as u8));
    let others: Vec<Dialect> = files.iter().filter_map(|(name, _)| name.dialect).collect();
    let files = files.into_iter().map(|(name, file)| {
        let dialects = dialects(&name, config, &others);
        let parsed = parse(file.text(), name.part, &dialects);
        RevisionFile { file: Arc::clone(file), dialect: name.dialect, part: name.part, parsed }
    });
    let mut revision = RevisionFiles {
        stem: stem.to_owned(),
        files: files.collect(),
        header: None,
        header_failed: false,
        sections_failed: false,
    };
    let has_header = |file: &RevisionFile| file.parsed.header.as_ref().is_some_and(Header::is_native);
    revision.header = revision.files.iter().position(has_header);
    form::check(&mut revision, findings);
    invalid_header::check_agreement(&mut revision, findings);
    duplicate_section::check_files(&mut revision, findings);
    revision
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
