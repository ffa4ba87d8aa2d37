use std::sync::Arc;

use migrate_core::Span;

use super::{Fix, Label, Severity};
use crate::source::SourceFile;

/// A finding: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is here, in one line that stands alone: lower case, no full stop.
    pub message: String,
    /// Where; `None` where no file is at fault.
    pub primary: Option<Label>,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to do, one piece of advice each.
    pub help: Vec<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of a rule, an error until the levels are applied.
    pub(crate) fn new(rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// The same, no error unless `[rules]` asks for one.
    pub(crate) fn at_most_a_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same, at these bytes of a file.
    pub(crate) fn at(mut self, file: &Arc<SourceFile>, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label::new(file, span, text));
        self
    }

    /// The same, about a file as a whole.
    pub(crate) fn about(mut self, file: &Arc<SourceFile>) -> Self {
        self.primary = Some(Label::file(file));
        self
    }

    /// The same, with another place that explains it.
    pub(crate) fn beside(mut self, file: &Arc<SourceFile>, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label::new(file, span, text));
        self
    }

    /// The same, with another file that explains it.
    pub(crate) fn beside_file(mut self, file: &Arc<SourceFile>) -> Self {
        self.secondary.push(Label::file(file));
        self
    }

    /// The same, with advice.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The same, with a change that mends it.
    pub(crate) fn fix(
        mut self,
        title: impl Into<String>,
        file: &Arc<SourceFile>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        let (title, replacement) = (title.into(), replacement.into());
        self.fix = Some(Fix { title, file: Arc::clone(file), span, replacement });
        self
    }

    /// What findings are sorted by: the file, the place in it, the rule, the message.
    pub(crate) fn sort_key(&self) -> (Option<&str>, u32, &'static str, &str) {
        let file = self.primary.as_ref().map(|label| label.file.path());
        let start = self.primary.as_ref().map_or(0, Label::start);
        (file, start, self.rule, &self.message)
    }
}
