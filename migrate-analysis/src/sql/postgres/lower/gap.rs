use super::opaque::pieces;

/// Words that follow each other where the server accepts something behind them that the grammar does not know:
/// `EXCLUDE (a range_ops WITH &&)`, `ALTER STATISTICS IF EXISTS`, `SET ROLE TO`, `USER MAPPING FOR USER`.
const UNKNOWN: [&[&str]; 5] = [
    &["exclude"],
    &["alter", "statistics"],
    &["set", "role"],
    &["trusted", "language"],
    &["user", "mapping"],
];

/// Whether a statement has something that the server accepts and the grammar does not know: then nothing that the
/// grammar says against it counts.
pub(super) fn is_beyond_grammar(text: &str) -> bool {
    let words: Vec<&str> = pieces(text).map(|piece| piece.text).collect();
    let begins_with = |rest: &[&str], phrase: &[&str]| {
        rest.len() >= phrase.len()
            && rest.iter().zip(phrase).all(|(one, other)| one.eq_ignore_ascii_case(other))
    };
    // A column by its number: `ALTER COLUMN 2 SET STATISTICS 100`.
    let is_numbered = |pair: &[&str]| {
        matches!(pair, [word, number] if number.bytes().all(|byte| byte.is_ascii_digit())
            && ["alter", "column"].iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    (0..words.len())
        .filter_map(|start| words.get(start..))
        .any(|rest| UNKNOWN.iter().any(|phrase| begins_with(rest, phrase)))
        || words.windows(2).any(is_numbered)
}
