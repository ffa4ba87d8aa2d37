use std::{fmt, ops::Range, sync::Arc};

use migrate_core::Span;

/// A text file that was read: where it lies and what it says.
///
/// Findings hold on to it, so that a renderer needs nothing but the findings.
pub struct SourceFile {
    path: Box<str>,
    name: Arc<str>,
    text: Arc<str>,
}

impl SourceFile {
    /// The file `name` (relative, with `/`) of the directory `dir` (as people write it; empty for the package itself).
    #[must_use]
    pub fn new(dir: &str, name: &str, text: impl Into<Arc<str>>) -> Arc<Self> {
        let dir = dir.trim_end_matches('/');
        let path = if dir.is_empty() || dir == "." { name.to_owned() } else { format!("{dir}/{name}") };
        Arc::new(Self { path: path.into(), name: name.into(), text: text.into() })
    }

    /// Its path as people see it: relative to the package, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its path within its directory, with `/`.
    #[must_use]
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Its text, unchanged.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The bytes of its text that a span covers, cut to whole characters: those that may be shown.
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.ceil_char_boundary(span.end as usize).max(start);
        start..end
    }
}

impl PartialEq for SourceFile {
    /// Within one run a path names one file.
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for SourceFile {}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SourceFile").field(&self.path).finish()
    }
}
