use std::collections::BTreeMap;

use migrate_analysis::source::{Header, HeaderKey, Part, Spanned, parse};
use migrate_core::Span;

/// The header of a native file; `None` where it has none.
pub(super) fn header(text: &str) -> Option<Header> {
    parse(text, Part::Whole, &[]).header.filter(|header| header.revision.is_some())
}

/// The text of a file whose revision follows others, and was made at another time where `created` says so and the header
/// tells a time. Nothing else of it changes.
pub(super) fn moved(text: &str, header: &Header, parents: &[String], created: Option<&str>) -> String {
    let mut edits = Vec::new();
    let parents = parents.join(", ");
    match (header.revises.first(), header.revises.last(), header.line(HeaderKey::Revises)) {
        (Some(first), Some(last), _) => edits.push((Span::new(first.span.start, last.span.end), parents)),
        (_, _, Some(line)) => edits.push((Span::new(line.end, line.end), format!(" {parents}"))),
        (_, _, None) => {
            if let Some(line) = header.line(HeaderKey::Revision) {
                let begin = line.of(text).split("revision").next().unwrap_or_default();
                let line_end = if text[line.end as usize..].starts_with("\r\n") { "\r\n" } else { "\n" };
                let added = format!("{line_end}{begin}revises: {parents}");
                edits.push((Span::new(line.end, line.end), added));
            }
        }
    }
    if let (Some(date), Some(created)) = (&header.created, created) {
        edits.push((date.span, created.to_owned()));
    }
    edited(text, edits)
}

/// The text of a file with other ids in place of some that its header names; `None` where it names none of these.
pub(super) fn with_ids(text: &str, header: &Header, ids: &BTreeMap<String, String>) -> Option<String> {
    let named = header.revises.iter().chain(&header.depends_on);
    let edit = |name: &Spanned<String>| Some((name.span, ids.get(&name.value)?.clone()));
    let edits: Vec<_> = named.filter_map(edit).collect();
    (!edits.is_empty()).then(|| edited(text, edits))
}

/// The text after some edits, which do not touch each other.
fn edited(text: &str, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| span.start);
    let mut result = text.to_owned();
    for (span, replacement) in edits.into_iter().rev() {
        result.replace_range(span.start as usize..span.end as usize, &replacement);
    }
    result
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{header, moved, with_ids};

    fn moved_to(text: &str, parents: &[&str], created: Option<&str>) -> String {
        let parents: Vec<String> = parents.iter().map(|&parent| parent.to_owned()).collect();
        moved(text, &header(text).unwrap(), &parents, created)
    }

    #[test]
    fn only_the_value_of_the_header_changes() {
        let text = "\u{feff}-- add a\r\n--   revision:  a1\r\n--  revises:b2 ,  c3  \r\n-- created: 2025-11-10\r\n\r\n-- migrate:up\r\n-- revises: b2\r\n";
        let expected = "\u{feff}-- add a\r\n--   revision:  a1\r\n--  revises:d4  \r\n-- created: now\r\n\r\n-- migrate:up\r\n-- revises: b2\r\n";
        assert_eq!(moved_to(text, &["d4"], Some("now")), expected);
    }

    #[test]
    fn what_is_missing_is_added() {
        assert_eq!(
            moved_to("-- revision: a1\n-- revises:\n", &["b2", "c3"], Some("now")),
            "-- revision: a1\n-- revises: b2, c3\n"
        );
        assert_eq!(
            moved_to("--revision: a1\r\n\r\nx", &["b2"], None),
            "--revision: a1\r\n--revises: b2\r\n\r\nx"
        );
        assert_eq!(moved_to("-- revision: a1", &["b2"], None), "-- revision: a1\n-- revises: b2");
    }

    #[test]
    fn ids_are_replaced_wherever_the_header_names_them() {
        let ids = BTreeMap::from([("b2".to_owned(), "long".to_owned()), ("c3".to_owned(), "d".to_owned())]);
        let replaced = |text: &str| with_ids(text, &header(text).unwrap(), &ids);
        let text = "-- b2\n-- revision: b2\n-- revises: b2, x, c3\n-- depends-on: c3\n-- labels: b2\n";
        let expected = "-- b2\n-- revision: b2\n-- revises: long, x, d\n-- depends-on: d\n-- labels: b2\n";
        assert_eq!(replaced(text).as_deref(), Some(expected));
        assert_eq!(replaced("-- revision: b2\n-- revises: x\n"), None);
    }
}
