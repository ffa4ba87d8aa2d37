use std::sync::Arc;

use migrate_core::Span;

use crate::source::SourceFile;

/// A place in a file, and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes; `None` speaks of the file as a whole.
    pub span: Option<Span>,
    /// What is here; may be empty.
    pub text: String,
}

impl Label {
    /// These bytes of a file.
    pub fn new(file: &Arc<SourceFile>, span: Span, text: impl Into<String>) -> Self {
        Self { file: Arc::clone(file), span: Some(span), text: text.into() }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(file: &Arc<SourceFile>) -> Self {
        Self { file: Arc::clone(file), span: None, text: String::new() }
    }

    /// The first byte; 0 for a whole file.
    pub(crate) fn start(&self) -> u32 {
        self.span.unwrap_or_default().start
    }
}
