use migrate_core::Span;

use super::line::{Lines, comment, trim};

/// A line `-- effect: <sql>`.
pub(crate) struct EffectLine {
    /// Its first byte.
    pub(crate) start: u32,
    /// Behind its last byte, without the line end.
    pub(crate) end: u32,
    /// The SQL.
    pub(crate) value: Span,
}

/// The lines `-- effect: <sql>` among those that stand above a statement.
pub(crate) fn effect_lines(text: &str, above: Span) -> Vec<EffectLine> {
    if !above.of(text).contains("effect") {
        return Vec::new();
    }
    let lines = Lines::new(text, above.start).take_while(|line| line.span.start < above.end);
    lines
        .filter_map(|line| {
            let whole = trim(text, line.span);
            let inner = comment(text, whole)?;
            let value = inner.of(text).strip_prefix("effect")?.trim_ascii_start().strip_prefix(':')?;
            let value = trim(text, Span::new(inner.end - value.len() as u32, inner.end));
            Some(EffectLine { start: whole.start, end: whole.end, value })
        })
        .collect()
}
