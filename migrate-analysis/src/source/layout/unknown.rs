//! Marks of tools whose layouts are not read here.

use migrate_core::Span;

use crate::source::{
    line::{Lines, comment, trim},
    section::first_byte,
};

/// The comments behind which the down scripts of other tools begin, in small letters, and the tools. Read as one script,
/// such a file would take back at once what it has done.
const DOWN_MARKS: [(&str, &str); 6] = [
    ("+migrate down", "sql-migrate"),
    ("+goose down", "goose, without its `-- +goose Up`"),
    ("+micrate down", "micrate"),
    ("rambler down", "rambler"),
    ("//@undo", "MyBatis Migrations"),
    ("down migration", "node-pg-migrate"),
];

/// The tool that a script which seems to have no marks is of, and the line that tells it.
pub(super) fn tool(text: &str) -> Option<(&'static str, Span)> {
    Lines::new(text, first_byte(text)).find_map(|line| {
        let words = comment(text, line.span)?.of(text).to_ascii_lowercase();
        let (_, tool) = DOWN_MARKS.iter().find(|(mark, _)| words == *mark)?;
        Some((*tool, trim(text, line.span)))
    })
}
