//! What is read of migration files: one file for headers, one for sections, one for lock files, one for
//! fingerprints, one for whole directories, and one for texts that are no migration files.

mod directories;
mod fingerprints;
mod headers;
mod locks;
mod sections;
mod soup;

use std::fmt::Write as _;

use migrate_core::{Dialect, Span};

use super::{Allow, Header, ParsedFile, Part, Section, Spanned, parse};

/// What a file says: line by line, what it is, and its text.
struct Listing<'t> {
    text: &'t str,
    listing: String,
}

/// What a file for these dialects says, and what is wrong with it.
fn listing(text: &str, part: Part, dialects: &[Dialect]) -> String {
    let ParsedFile { header, up, down, file_allows, statement_allows, problems } =
        parse(text, part, dialects);
    let mut listing = Listing { text, listing: String::new() };
    listing.header(header.as_ref());
    listing.section("up", up.as_ref());
    listing.section("down", down.as_ref());
    for (place, allows) in [("file", file_allows), ("statement", statement_allows)] {
        for allow in &allows {
            listing.allow(place, allow);
        }
    }
    for problem in &problems {
        listing.line(&format!("problem {:?}", problem.kind), problem.span);
    }
    listing.listing
}

impl Listing<'_> {
    /// The number of a line, its kind, and its text, which has to be the one at its span.
    fn line(&mut self, kind: &str, span: Span) {
        let line = self.number(span.start);
        let text = span.of(self.text).replace("\r\n", "⏎").replace(['\n', '\r'], "⏎");
        writeln!(self.listing, "{}", format!("{line} {kind}: {text}").trim_end()).unwrap();
    }

    /// The number of the line of a place.
    fn number(&self, place: u32) -> usize {
        let before = self.text[..place as usize].replace("\r\n", "\n").replace('\r', "\n");
        1 + before.matches('\n').count()
    }

    fn values(&mut self, kind: &str, values: &[Spanned<String>]) {
        for value in values {
            assert_eq!(value.value, value.span.of(self.text));
            self.line(kind, value.span);
        }
    }

    fn header(&mut self, header: Option<&Header>) {
        let Some(header) = header else { return };
        let Span { start, end } = header.span;
        writeln!(self.listing, "{} to {} header", self.number(start), self.number(end)).unwrap();
        self.values("message", std::slice::from_ref(&header.message));
        self.values("revision", header.revision.as_slice());
        self.values("revises", &header.revises);
        self.values("depends-on", &header.depends_on);
        self.values("label", &header.labels);
        if let Some(created) = &header.created {
            self.line(&format!("created {}", created.value), created.span);
        }
    }

    fn section(&mut self, name: &str, section: Option<&Section>) {
        let Some(section) = section else { return };
        let transaction = if section.transaction { "" } else { " outside of a transaction" };
        self.line(&format!("{name}{transaction}"), section.marker);
        self.values("irreversible", section.irreversible.as_slice());
        self.line("body", section.body);
    }

    fn allow(&mut self, place: &str, allow: &Allow) {
        self.line(&format!("{place} allow"), allow.span);
        self.values("rule", std::slice::from_ref(&allow.rule));
        self.values("reason", allow.reason.as_slice());
    }
}
