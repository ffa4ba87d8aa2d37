//! Engines without transactions (`MyISAM`, `Aria`, `MEMORY` ..): what a statement has done to their rows stays, whatever
//! becomes of its transaction.

use std::collections::BTreeSet;

use super::quotes;
use crate::database::Room;

/// The longest text that is sent along with the question.
const LONGEST: usize = 64 * 1024;

/// A query for the names of the tables of such engines that one of the texts may speak of. That a name is found anywhere
/// within them is enough: a false hit means more care, and no more.
pub(super) fn tables(room: &dyn Room, texts: &[&str]) -> String {
    let words: BTreeSet<&str> = texts.iter().flat_map(|text| words(text)).collect();
    let words = words.into_iter().collect::<Vec<_>>().join(" ");
    // By their names first, so that a server opens no table that is not spoken of; and not for its namesake in the
    // database of somebody else.
    let spoken_of = if words.len() > LONGEST {
        String::new()
    } else {
        let words = room.literal(&words);
        let here = format!("table_schema = DATABASE() OR LOCATE(table_schema, {words})");
        format!("LOCATE(table_name, {words}) AND ({here}) AND ")
    };
    format!(
        "SELECT {} FROM information_schema.tables WHERE {spoken_of}table_schema NOT IN ('information_schema', 'mysql', \
         'performance_schema', 'sys') AND engine NOT IN (SELECT engine FROM information_schema.engines WHERE \
         transactions = 'YES')",
        room.as_text("table_name")
    )
}

/// What may be a name, or a list of names: everything but strings and numbers.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '\'' => {
                rest = &rest[quotes::length(rest, first)..];
                continue;
            }
            '`' | '"' => quotes::length(rest, first),
            c if is_between(c) => {
                rest = &rest[c.len_utf8()..];
                continue;
            }
            _ => rest.find(|c| is_between(c) || matches!(c, '\'' | '`' | '"')).unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at(end);
        if word.parse::<f64>().is_err() {
            words.push(word);
        }
        rest = behind;
    }
    words
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';')
}

#[cfg(test)]
mod tests {
    use super::{tables, words};
    use crate::database::mysql::Mysql;

    #[test]
    fn strings_and_numbers_are_no_names() {
        let text = "INSERT INTO `my log`.t-1 (a,b) VALUES (1, 'it''s \\' x'), (2.5, \"y z\");";
        assert_eq!(words(text), ["INSERT", "INTO", "`my log`", ".t-1", "a", "b", "VALUES", "\"y z\""]);
        assert_eq!(words("'"), [""; 0]);
        assert_eq!(words("`a"), ["`a"]);
    }

    #[test]
    fn a_long_text_is_not_sent() {
        let long: String = (0..20_000).map(|n| format!("n{n} ")).collect();
        assert!(!tables(&Mysql, &[&long]).contains("LOCATE"));
        assert!(
            tables(&Mysql, &["DELETE FROM t", "DELETE FROM t"])
                .contains("LOCATE(table_name, 'DELETE FROM t')")
        );
    }
}
