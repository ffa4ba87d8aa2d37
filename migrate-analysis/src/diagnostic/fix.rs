use std::sync::Arc;

use migrate_core::Span;

use crate::source::SourceFile;

/// A change of one file that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as advice: "did you mean `abc`?".
    pub title: String,
    /// The file to change.
    pub file: Arc<SourceFile>,
    /// The bytes to replace; an empty span inserts.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

impl Fix {
    /// The text of the file after the change; `None` where the span does not lie within it.
    #[must_use]
    pub fn apply(&self) -> Option<String> {
        let text = self.file.text();
        let before = text.get(..self.span.start as usize)?;
        let after = text.get(self.span.end as usize..)?;
        Some([before, &self.replacement, after].concat())
    }
}
