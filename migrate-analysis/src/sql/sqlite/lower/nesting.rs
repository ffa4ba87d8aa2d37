use migrate_core::{Dialect, Span};

use crate::sql::{cursor::offset, scan::Scan};

/// How many parentheses may stand within each other. A server of SQLite before 3.46 takes fewer.
const DEEPEST: usize = 100;

/// Whether a statement nests deeper than the parser's tree may: it is freed by as many calls as it is deep.
pub(super) fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    Scan::new(text, Span::new(0, offset(text.len())), Dialect::Sqlite).any(|piece| {
        match piece.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}
