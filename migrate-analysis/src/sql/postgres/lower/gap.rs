use super::opaque::pieces;

/// Whether a statement has something that the server accepts and the grammar does not know: then nothing that the
/// grammar says against it counts.
///
/// - an exclusion constraint whose elements have classes of operators or directions: `EXCLUDE (a range_ops WITH &&)`;
/// - a column by its number: `ALTER COLUMN 2 SET STATISTICS 100`;
/// - `CREATE TRUSTED LANGUAGE` with its functions.
pub(super) fn is_beyond_grammar(text: &str) -> bool {
    let mut before = "";
    for piece in pieces(text) {
        let is_number = piece.text.bytes().all(|byte| byte.is_ascii_digit());
        let is_after_column = ["alter", "column"].iter().any(|word| before.eq_ignore_ascii_case(word));
        let is_trusted =
            before.eq_ignore_ascii_case("trusted") && piece.text.eq_ignore_ascii_case("language");
        if piece.text.eq_ignore_ascii_case("exclude") || is_trusted || is_number && is_after_column {
            return true;
        }
        before = piece.text;
    }
    false
}
