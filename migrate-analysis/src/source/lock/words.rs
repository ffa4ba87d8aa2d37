use migrate_core::Span;

use crate::source::Spanned;

/// The words of a line. A comma is a word of its own.
pub(super) fn words(text: &str, line: Span) -> Vec<Spanned<&str>> {
    let mut words = Vec::new();
    let mut at = line.start;
    for part in line.of(text).split_inclusive([' ', '\t', ',']) {
        let word = part.trim_end_matches([' ', '\t', ',']);
        let end = at + word.len() as u32;
        if !word.is_empty() {
            words.push(Spanned::new(word, Span::new(at, end)));
        }
        if part.ends_with(',') {
            words.push(Spanned::new(",", Span::new(end, end + 1)));
        }
        at += part.len() as u32;
    }
    words
}

/// The names of a list: words with a comma between each two of them. `None` where it is none.
pub(super) fn list(words: &[Spanned<&str>]) -> Option<Vec<Spanned<String>>> {
    let is_list = words.iter().enumerate().all(|(at, word)| (word.value == ",") == (at % 2 == 1));
    let ends_well = words.is_empty() || words.len() % 2 == 1;
    let names = words.iter().step_by(2).map(|word| Spanned::new(word.value.to_owned(), word.span));
    (is_list && ends_well).then(|| names.collect())
}
