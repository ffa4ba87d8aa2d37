//! The native layout.
//!
//! A revision is `<stem>.sql`, or the pair `<stem>.up.sql` and `<stem>.down.sql`. Beside it or instead of it there may
//! be files for one database: `<stem>.sqlite.sql`, `<stem>.sqlite.up.sql`. A half that such a file has takes the place
//! of the half in the file for all databases. The header stands once, in the first file that has one.

use std::{collections::BTreeSet, sync::Arc};

use super::{Layout, group::Group};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::file::{duplicate_section, form, invalid_header, missing_revision_id, orphan_down},
    source::{Header, RevisionFile, RevisionFiles, parse},
};

/// Reads native revisions.
pub(super) fn revisions(
    groups: Vec<Group<'_>>,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
) -> Vec<RevisionFiles> {
    let revisions = groups.into_iter().map(|group| revision(group, config, findings));
    let mut revisions: Vec<RevisionFiles> = revisions.collect();
    for orphan in orphan_down::check(&mut revisions, Layout::Native, &BTreeSet::new(), findings) {
        if let Some(orphan) = revisions.get_mut(orphan) {
            orphan.header_failed = true;
            orphan.sections_failed = true;
        }
    }
    for revision in &mut revisions {
        missing_revision_id::check(revision, findings);
    }
    revisions
}

fn revision(group: Group<'_>, config: &Config, findings: &mut Vec<Diagnostic>) -> RevisionFiles {
    let stem = group.stem.to_owned();
    let files = group.sorted(config).into_iter().map(|(name, file, dialects)| {
        let parsed = parse(file.text(), name.part, &dialects);
        RevisionFile { file: Arc::clone(file), dialect: name.dialect, part: name.part, parsed }
    });
    let mut revision = RevisionFiles::new(stem, Layout::Native, files.collect());
    let has_header = |file: &RevisionFile| file.parsed.header.as_ref().is_some_and(Header::is_native);
    revision.header = revision.files.iter().position(has_header);
    form::check(&mut revision, findings);
    invalid_header::check_agreement(&mut revision, findings);
    duplicate_section::check_files(&mut revision, findings);
    revision
}
