use migrate_core::Span;

use super::{
    Spanned,
    line::{comment, trim},
};

/// `-- allow: <rule>, <reason>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The comment, without its line end.
    pub span: Span,
    /// The name of the rule.
    pub rule: Spanned<String>,
    /// Why; `None` where nothing is said.
    pub reason: Option<Spanned<String>>,
}

/// Reads the line, where it is an `-- allow:`. The rule has to be one word: `-- allow: users to log in` is prose.
pub(super) fn allow(text: &str, line: Span) -> Option<Allow> {
    let inner = comment(text, line)?;
    let value = inner.of(text).strip_prefix("allow")?.trim_ascii_start().strip_prefix(':')?;
    let value = trim(text, Span::new(inner.end - value.len() as u32, inner.end));
    let (rule, reason) = match value.of(text).split_once(',') {
        Some((rule, _)) => {
            let comma = value.start + rule.len() as u32;
            (Span::new(value.start, comma), Some(Span::new(comma + 1, value.end)))
        }
        None => (value, None),
    };
    let rule = trim(text, rule);
    let name = rule.of(text);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let reason = reason.map(|reason| trim(text, reason)).filter(|reason| !reason.is_empty());
    (!name.is_empty() && name.bytes().all(is_name)).then(|| Allow {
        span: trim(text, line),
        rule: Spanned::new(name.to_owned(), rule),
        reason: reason.map(|span| Spanned::new(span.of(text).to_owned(), span)),
    })
}
