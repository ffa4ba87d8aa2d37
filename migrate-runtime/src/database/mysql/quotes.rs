//! Texts in quotes.

/// How many bytes a text in quotes takes at the beginning of `text`. A doubled quote counts as the end of one and the
/// beginning of the next.
pub(super) fn length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
