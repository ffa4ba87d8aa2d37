use std::fmt::Write as _;

use migrate_analysis::source::{Part, parse};
use migrate_core::Dialect;

/// The sections of a new file: nothing in them, so that it does not compile before somebody has filled them in.
const SECTIONS: &str = "\n-- migrate:up\n\n-- migrate:down\n";

/// A revision that is about to be written.
pub(super) struct Draft {
    pub(super) message: String,
    pub(super) id: String,
    pub(super) parents: Vec<String>,
    pub(super) depends_on: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) created: String,
}

impl Draft {
    /// Its files, by name: one for all databases, or one for each of `variants`, of which the first has the header.
    pub(super) fn files(&self, stem: &str, variants: &[Dialect]) -> Vec<(String, String)> {
        // A merge has nothing to run.
        let is_merge = self.parents.len() > 1;
        match variants {
            [first, others @ ..] if !is_merge => {
                let name = |dialect: &Dialect| format!("{stem}.{dialect}.sql");
                let mut files = vec![(name(first), self.header() + SECTIONS)];
                files.extend(others.iter().map(|other| (name(other), SECTIONS.trim_start().to_owned())));
                files
            }
            _ => {
                let sections = if is_merge { "" } else { SECTIONS };
                vec![(format!("{stem}.sql"), self.header() + sections)]
            }
        }
    }

    fn header(&self) -> String {
        let mut header = format!("-- {}\n--\n-- revision: {}\n", self.message, self.id);
        let mut list = |key: &str, values: &[String]| {
            let blank = if values.is_empty() { "" } else { " " };
            let _ = writeln!(header, "-- {key}:{blank}{}", values.join(", "));
        };
        list("revises", &self.parents);
        for (key, values) in [("depends-on", &self.depends_on), ("labels", &self.labels)] {
            if !values.is_empty() {
                list(key, values);
            }
        }
        let _ = writeln!(header, "-- created: {}", self.created);
        header
    }

    /// Whether the header says what it is meant to say: a message such as `labels: a` is a part of it, and no message.
    pub(super) fn is_read_back(&self) -> bool {
        let parsed = parse(&self.header(), Part::Whole, &[]);
        let header = parsed.header.filter(|_| parsed.problems.is_empty() && parsed.file_allows.is_empty());
        header.is_some_and(|header| {
            let id = header.revision.as_ref().map(|id| &*id.value);
            header.message.value == self.message && id == Some(&*self.id)
        })
    }
}

#[cfg(test)]
mod tests {
    use migrate_core::Dialect;

    use super::Draft;

    fn draft(message: &str, parents: &[&str]) -> Draft {
        Draft {
            message: message.into(),
            id: "abc123def456".into(),
            parents: parents.iter().map(|&parent| parent.into()).collect(),
            depends_on: Vec::new(),
            labels: Vec::new(),
            created: "2025-11-10 12:30:00 UTC".into(),
        }
    }

    #[test]
    fn only_the_first_variant_has_a_header() {
        let files = draft("add tasks", &[]).files("1_add_tasks", &[Dialect::Sqlite, Dialect::Postgres]);
        let shown: String = files.iter().map(|(name, text)| format!("== {name} ==\n{text}")).collect();
        insta::assert_snapshot!(shown, @"
        == 1_add_tasks.sqlite.sql ==
        -- add tasks
        --
        -- revision: abc123def456
        -- revises:
        -- created: 2025-11-10 12:30:00 UTC

        -- migrate:up

        -- migrate:down
        == 1_add_tasks.postgres.sql ==
        -- migrate:up

        -- migrate:down
        ");
    }

    #[test]
    fn a_merge_has_no_sections() {
        let files = draft("merge", &["a1", "b2"]).files("1_merge", &[Dialect::Sqlite, Dialect::Postgres]);
        insta::assert_snapshot!(files[0].1, @"
        -- merge
        --
        -- revision: abc123def456
        -- revises: a1, b2
        -- created: 2025-11-10 12:30:00 UTC
        ");
        assert_eq!(files.len(), 1);
    }

    #[test]
    fn a_message_that_would_be_a_part_of_the_header_is_told_from_one_that_is_none() {
        for message in
            ["add tasks", "fix: the owner of tasks", "tasks -- again", "größer", "note: revision 2"]
        {
            assert!(draft(message, &[]).is_read_back(), "{message}");
        }
        for message in ["labels: a", "created: tasks", "revises: b2", "allow: empty-up, why", "migrate:up"] {
            assert!(!draft(message, &[]).is_read_back(), "{message}");
        }
    }
}
