//! `ALGORITHM` and `LOCK`: how much a schema change may cost. Without them a server takes a way that makes writers wait, in
//! silence, where it knows no better one.

use migrate_core::Online;

use super::quotes;

/// The statement with what it may cost. `None` where it states that itself, or nothing can be stated.
pub(super) fn limited(statement: &str, online: Online) -> Option<String> {
    let words = words(statement);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let separator = match words[..] {
        ["ALTER", "TABLE", ..] | ["ALTER", "IGNORE", "TABLE", ..] => ", ",
        ["CREATE", ref rest @ ..] if rest.iter().take(4).any(|word| *word == "INDEX") => " ",
        _ => return None,
    };
    // Some clauses have to be the last, or to stand alone; a new name needs a moment alone with the table.
    let stated = ["ALGORITHM", "LOCK", "PARTITION", "PARTITIONING", "TABLESPACE", "ORDER", "KEYS"];
    let renames =
        words.windows(2).any(|pair| pair[0] == "RENAME" && !["COLUMN", "INDEX", "KEY"].contains(&pair[1]));
    if renames || words.iter().any(|word| stated.contains(word)) {
        return None;
    }
    // With `LOCK = NONE`, MySQL takes the best way but no copy; `ALGORITHM = INPLACE` would keep it from an instant one.
    let algorithm = match online {
        Online::Instant => return Some(format!("{statement}{separator}ALGORITHM=INSTANT")),
        Online::NoCopy => "NOCOPY",
        Online::InPlace => "INPLACE",
    };
    Some(format!("{statement}{separator}/*M! ALGORITHM={algorithm}{separator}*/ LOCK=NONE"))
}

/// The words outside of quotes and comments, in upper case; the contents of a comment that servers execute count.
fn words(statement: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = statement;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '\'' | '"' | '`' => quotes::length(rest, first),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '-' if rest.starts_with("-- ") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") && !rest.starts_with("/*!") && !rest.starts_with("/*M!") => {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            _ => {
                match words.last_mut() {
                    Some(word) if first.is_alphanumeric() || first == '_' => {
                        word.extend(first.to_uppercase());
                    }
                    _ => words.push(String::new()),
                }
                rest = &rest[first.len_utf8()..];
                continue;
            }
        };
        words.push(String::new());
        rest = &rest[skipped..];
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{Online, limited};

    #[test]
    fn a_statement_that_says_nothing_is_limited() {
        let limited = |statement| limited(statement, Online::InPlace).unwrap_or_default();
        for statement in [
            "alter table t add c int",
            "ALTER IGNORE TABLE t ADD UNIQUE (a)",
            "ALTER TABLE `lock` ADD `algorithm` int COMMENT 'it''s \\' a LOCK'",
            "ALTER TABLE t -- lock\n ADD c /* partition */ int",
            "ALTER TABLE t RENAME COLUMN a TO b, RENAME INDEX c TO d",
            "ALTER TABLE t",
        ] {
            let expected = format!("{statement}, /*M! ALGORITHM=INPLACE, */ LOCK=NONE");
            assert_eq!(limited(statement), expected);
        }
        for statement in [
            "CREATE INDEX i ON t (a)",
            "CREATE OR REPLACE UNIQUE INDEX i ON t (a)",
            "CREATE FULLTEXT INDEX IF NOT EXISTS i ON t (a) COMMENT \"lock\"",
        ] {
            let expected = format!("{statement} /*M! ALGORITHM=INPLACE */ LOCK=NONE");
            assert_eq!(limited(statement), expected);
        }
    }

    #[test]
    fn a_statement_that_cannot_be_limited_is_left_alone() {
        for statement in [
            "",
            "CREATE TABLE t (a int, INDEX (a))",
            "CREATE VIEW v AS SELECT 1",
            "DROP TABLE t",
            // MariaDB takes no such clause there, and InnoDB copies nothing for it.
            "DROP INDEX i ON t",
            "ALTER VIEW v AS SELECT 1",
            "ALTER ONLINE TABLE t ADD c int",
            "ALTER TABLE t ADD c int, ALGORITHM=COPY",
            "ALTER TABLE t ADD c int, lock = shared",
            "ALTER TABLE t /*!80000 ALGORITHM=COPY, */ ADD c int",
            "CREATE INDEX i ON t (a) LOCK=SHARED",
            "ALTER TABLE t ADD PARTITION (PARTITION p VALUES LESS THAN (1))",
            "ALTER TABLE t REMOVE PARTITIONING",
            "ALTER TABLE t DISABLE KEYS",
            "ALTER TABLE t ORDER BY a",
            "ALTER TABLE t RENAME u",
            "ALTER TABLE t RENAME TO u",
            "ALTER TABLE t DISCARD TABLESPACE",
            "INSERT INTO t VALUES ('ALTER TABLE')",
        ] {
            assert_eq!(limited(statement, Online::Instant), None, "{statement}");
        }
    }
}
