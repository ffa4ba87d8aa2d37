use migrate_core::{Dialect, Span, graph};

use crate::{
    source::effect_lines,
    sql::{self, Lowered},
};

/// The `-- effect:` of a statement: what its author says that it does.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The comment lines.
    pub span: Span,
    /// The SQL that they hold, and what it means; empty for `none`.
    pub statements: Vec<(String, Lowered)>,
}

impl Effect {
    /// The statements of a script, each with the effect that stands above it.
    pub(crate) fn of_statements(
        text: &str,
        section: Span,
        statements: &[graph::Statement],
        dialect: Dialect,
    ) -> Vec<(Span, Option<Self>)> {
        let mut end = section.start;
        let with_effect = |statement: &graph::Statement| {
            let above = Span::new(end, statement.span.start);
            end = statement.span.end;
            (statement.span, Self::read(text, above, dialect))
        };
        statements.iter().map(with_effect).collect()
    }

    fn read(text: &str, above: Span, dialect: Dialect) -> Option<Self> {
        let lines = effect_lines(text, above);
        let span = Span::new(lines.first()?.start, lines.last()?.end);
        let sql: Vec<&str> = lines.iter().map(|line| line.value.of(text)).collect();
        let sql = sql.join("\n");
        let whole = Span::new(0, u32::try_from(sql.len()).unwrap_or(u32::MAX));
        let is_none = sql.trim().eq_ignore_ascii_case("none");
        let statements = if is_none { Vec::new() } else { sql::split(&sql, whole, dialect).statements };
        let lowered = |statement: graph::Statement| {
            let text = statement.span.of(&sql);
            (text.to_owned(), sql::lower(text, dialect))
        };
        Some(Self { span, statements: statements.into_iter().map(lowered).collect() })
    }
}
