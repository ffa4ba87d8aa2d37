//! What a message may repeat of a command line: no URL, which may hold a password.

/// The text with `<url>` for each word that looks like one, or like `user:password@host`.
pub(crate) fn redacted(text: &str) -> String {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '\'' | '`' | '"');
    text.split_inclusive(is_end)
        .map(|piece| {
            let word = piece.trim_end_matches(is_end);
            let end = &piece[word.len()..];
            let option =
                if word.starts_with("--") { word.find('=').map_or(0, |equals| equals + 1) } else { 0 };
            let (option, value) = word.split_at(option);
            if is_url(value) { format!("{option}<url>{end}") } else { piece.to_owned() }
        })
        .collect()
}

fn is_url(word: &str) -> bool {
    word.contains("://") || word.split_once(':').is_some_and(|(_, after)| after.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn urls_are_left_out_and_nothing_else_is() {
        let plain = "error: invalid value 'label@head' for '[TARGET]': a:b is two";
        assert_eq!(redacted(plain), plain);
        assert_eq!(
            redacted("invalid 'postgres://me:secret@host/x' for '--url=mysql://me:secret@host'\n"),
            "invalid '<url>' for '--url=<url>'\n"
        );
        assert_eq!(redacted("me:secret@host"), "<url>");
    }
}
