use migrate_core::{
    Span,
    schema::{Object, Origin},
};

use super::{Origins, Place, Script, Statement};
use crate::{
    diagnostic::Diagnostic,
    sql::{beginning, locate},
};

/// A statement that findings are about.
#[derive(Clone, Copy)]
pub(crate) struct Site<'r> {
    pub(crate) script: &'r Script,
    pub(crate) statement: &'r Statement,
    pub(crate) origins: &'r Origins,
}

impl Site<'_> {
    /// The statement.
    pub(crate) fn text(&self) -> &str {
        self.statement.span.of(self.script.file.text())
    }

    /// A finding where the statement names an object, or else at its first line; at its effect, where it has one.
    pub(crate) fn at(
        &self,
        finding: Diagnostic,
        object: Option<&Object>,
        text: impl Into<String>,
    ) -> Diagnostic {
        let span = match &self.statement.effect {
            Some(effect) => effect.span,
            None => self.narrowed(self.text(), self.statement.span, object),
        };
        finding.at(&self.script.file, span, text)
    }

    /// A finding at some bytes of the statement.
    pub(crate) fn at_bytes(&self, finding: Diagnostic, span: Span, text: impl Into<String>) -> Diagnostic {
        let start = self.statement.span.start;
        let span = Span::new(start + span.start, start + span.end);
        finding.at(&self.script.file, span, text)
    }

    /// A finding beside which the statement is shown that made an object, where one did.
    pub(crate) fn beside(
        &self,
        finding: Diagnostic,
        made: Origin,
        object: Option<&Object>,
        text: impl Into<String>,
    ) -> Diagnostic {
        let Some(Place { file, span }) = self.origins.place(made) else { return finding };
        if made.0 == self.statement.origin.0 {
            return finding;
        }
        let span = self.narrowed(span.of(file.text()), *span, object);
        finding.beside(file, span, text)
    }

    fn narrowed(&self, statement: &str, span: Span, object: Option<&Object>) -> Span {
        let found = object.and_then(|object| locate(statement, object, self.script.dialect));
        let within = found.unwrap_or_else(|| beginning(statement));
        Span::new(span.start + within.start, span.start + within.end)
    }
}
