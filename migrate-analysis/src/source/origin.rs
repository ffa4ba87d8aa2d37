use std::sync::Arc;

use super::{Layout, RevisionFiles, SourceFile};

/// Where a revision comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The revision.
    pub id: String,
    /// Whose rules its files follow.
    pub layout: Layout,
    /// What the names of its files have in common; that of a folder ends in `/`.
    pub stem: String,
    /// Its files, with their names within the directory.
    pub files: Vec<Arc<SourceFile>>,
}

impl Origin {
    /// `None` where the files do not say which revision they are.
    pub(crate) fn new(revision: &RevisionFiles) -> Option<Self> {
        let files = revision.files.iter().map(|file| &file.file).chain(&revision.metadata);
        Some(Self {
            id: revision.id()?.value.clone(),
            layout: revision.layout,
            stem: revision.stem.clone(),
            files: files.map(Arc::clone).collect(),
        })
    }
}
