//! A session that has what we need, as people can find it.

use std::fmt;

use super::Run;
use crate::session::Failure;

/// Who holds a lock: the row of a [`Room`](crate::database::Room)'s query, of three texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// `process 4711 (orders)`.
    pub(super) who: String,
    /// `connected since ..`.
    since: Option<String>,
    /// What it runs now.
    statement: Option<String>,
}

/// How much of a statement is shown, in characters.
const SHOWN: usize = 80;

impl Holder {
    pub(crate) fn of(row: Vec<Option<String>>) -> Option<Self> {
        let mut cells = row.into_iter();
        let mut cell = || cells.next().flatten();
        let (who, since, statement) = (cell()?, cell(), cell());
        // A server that hides what others run says so between angle brackets.
        let statement = statement.filter(|text| !text.starts_with('<') && !text.trim().is_empty());
        Some(Self { who, since, statement: statement.map(|text| shortened(&text)) })
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.who)?;
        if let Some(since) = &self.since {
            write!(f, ", {since}")?;
        }
        match &self.statement {
            Some(statement) => write!(f, ", running `{statement}`"),
            None => Ok(()),
        }
    }
}

/// The comment that a step of ours begins with, which stands for all of it; else the beginning of the statement, in one
/// line and without its values.
fn shortened(statement: &str) -> String {
    if let Some(title) = statement.strip_prefix("/* ").and_then(|text| text.split_once(" */")) {
        return title.0.to_owned();
    }
    let mut without_values = String::new();
    for (index, part) in statement.split('\'').enumerate() {
        match index % 2 {
            0 => without_values.push_str(part),
            _ => without_values.push('?'),
        }
    }
    let one_line = without_values.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} ..", one_line[..end].trim_end()),
        None => one_line,
    }
}

impl Run<'_> {
    /// Who holds the migration lock, as far as the database tells.
    pub(super) async fn holder(&mut self) -> Result<Option<Holder>, Failure> {
        let Some(query) = self.room.holder(&self.key) else { return Ok(None) };
        let rows = self.session.query(&query).await.rows()?;
        Ok(rows.into_iter().find_map(Holder::of))
    }

    /// Who holds locks on what a statement speaks of. Nobody is named where the database does not tell, or not us.
    pub(super) async fn blockers(&mut self, statement: &str) -> Vec<Holder> {
        for query in self.room.blockers(&words(statement)) {
            let found: Vec<Holder> = match self.session.query(&query).await.rows() {
                Ok(rows) => rows.into_iter().filter_map(Holder::of).collect(),
                Err(_) => continue,
            };
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// What may be a name in a statement: as it stands, and in lower case.
fn words(statement: &str) -> Vec<String> {
    let is_of_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut words: Vec<String> = statement
        .split(|c| !is_of_a_name(c))
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        .flat_map(|word| [word.to_owned(), word.to_lowercase()])
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::{Holder, shortened, words};

    #[test]
    fn a_statement_is_shown_in_one_line_without_its_values() {
        assert_eq!(
            shortened("UPDATE users\n  SET name = 'it''s me'\n WHERE id = 7"),
            "UPDATE users SET name = ?? WHERE id = 7"
        );
        assert_eq!(shortened(&"x".repeat(81)), format!("{} ..", "x".repeat(80)));
        assert_eq!(shortened("/* migrate: up b2 */ SET LOCAL lock_timeout = 5"), "migrate: up b2");
    }

    #[test]
    fn a_holder_says_what_is_known_of_it() {
        let holder = |cells: [Option<&str>; 3]| {
            Holder::of(cells.map(|cell| cell.map(str::to_owned)).to_vec()).map(|holder| holder.to_string())
        };
        let (who, since) = (Some("process 7 (psql)"), Some("connected since noon"));
        assert_eq!(
            holder([who, since, Some("DROP TABLE t")]).as_deref(),
            Some("process 7 (psql), connected since noon, running `DROP TABLE t`")
        );
        assert_eq!(holder([who, None, Some("<insufficient privilege>")]).as_deref(), who);
        assert_eq!(holder([None, since, None]), None);
    }

    #[test]
    fn names_are_found_as_they_stand_and_in_lower_case() {
        assert_eq!(
            words("ALTER TABLE \"Tasks\".t1 ADD 7"),
            ["ADD", "ALTER", "TABLE", "Tasks", "add", "alter", "t1", "table", "tasks"]
        );
    }
}
