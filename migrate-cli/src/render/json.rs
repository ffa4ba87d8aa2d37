use migrate_analysis::{
    Edition, Report,
    diagnostic::{Diagnostic, Fix, Label},
    replay::{Counts, Unread},
    source::Layout,
};
use serde::Serialize;

use super::position::{self, Region};
use crate::package::Package;

/// One JSON document, which `docs/json.md` describes.
pub(crate) fn json(package: &Package) -> String {
    let databases = package.config.databases.iter().map(|dialect| dialect.name());
    document(&package.report, package.sources.dir(), databases.collect())
}

fn document(report: &Report, dir: &str, databases: Vec<&str>) -> String {
    let document = Document {
        version: 1,
        dir,
        layout: report.layout.map(Layout::name),
        databases,
        files: report.files.len(),
        revisions: report.editions.iter().map(|edition| edition.graph.len()).max().unwrap_or_default(),
        errors: report.errors().count(),
        warnings: report.warnings().count(),
        replay: report.editions.iter().filter_map(Understanding::new).collect(),
        diagnostics: report.diagnostics.iter().map(Finding::new).collect(),
        shipped: report.shipped.iter().map(Finding::new).collect(),
    };
    // Only a map with keys that are no strings could fail, and there is none.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    /// A field that goes away or changes its meaning raises it; a new one does not.
    version: u32,
    dir: &'a str,
    layout: Option<&'static str>,
    databases: Vec<&'a str>,
    files: usize,
    revisions: usize,
    errors: usize,
    warnings: usize,
    replay: Vec<Understanding>,
    diagnostics: Vec<Finding<'a>>,
    shipped: Vec<Finding<'a>>,
}

/// How much of the scripts of a database is understood.
#[derive(Serialize)]
struct Understanding {
    database: &'static str,
    files: usize,
    statements: usize,
    understood: usize,
    opaque: Vec<Opaque>,
}

#[derive(Serialize)]
struct Opaque {
    file: String,
    line: usize,
    reason: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: String,
    message: &'a str,
    primary: Option<Place<'a>>,
    secondary: Vec<Place<'a>>,
    help: &'a [String],
    fix: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    span: Option<Span>,
    text: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    title: &'a str,
    file: &'a str,
    span: Span,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Span {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    byte: usize,
    line: usize,
    column: usize,
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity.to_string(),
            message: &finding.message,
            primary: finding.primary.as_ref().map(Place::new),
            secondary: finding.secondary.iter().map(Place::new).collect(),
            help: &finding.help,
            fix: finding.fix.as_ref().map(Change::new),
        }
    }
}

impl Understanding {
    /// `None` where there is no grammar for the database.
    fn new(edition: &Edition) -> Option<Self> {
        let Counts { files, statements, understood, opaque } = edition.replay.as_ref()?.counts();
        let opaque = opaque.iter().map(Opaque::new).collect();
        Some(Self { database: edition.dialect.name(), files, statements, understood, opaque })
    }
}

impl Opaque {
    fn new(unread: &Unread) -> Self {
        let line = Region::new(&unread.file, unread.span).start.line;
        Self { file: unread.file.path().to_owned(), line, reason: unread.reason.name() }
    }
}

impl<'a> Place<'a> {
    fn new(label: &'a Label) -> Self {
        Self { file: label.file.path(), span: Region::of(label).map(Span::new), text: &label.text }
    }
}

impl<'a> Change<'a> {
    fn new(fix: &'a Fix) -> Self {
        let span = Span::new(Region::new(&fix.file, fix.span));
        Self { title: &fix.title, file: fix.file.path(), span, replacement: &fix.replacement }
    }
}

impl Span {
    fn new(region: Region) -> Self {
        let position = |position::Position { byte, line, column, .. }| Position { byte, line, column };
        Self { start: position(region.start), end: position(region.end) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use migrate_analysis::{Report, source::Layout};
    use serde_json::Value;

    use crate::render::findings::findings;

    fn document() -> String {
        let shipped = vec![findings().remove(3)];
        let report =
            Report { diagnostics: findings(), shipped, layout: Some(Layout::Diesel), ..Report::default() };
        super::document(&report, "migrations", vec!["sqlite", "postgres"])
    }

    #[test]
    fn the_document_is_as_in_its_snapshot() {
        insta::assert_snapshot!(document());
    }

    #[test]
    fn the_bytes_are_those_of_the_file() {
        let document: Value = serde_json::from_str(&document()).unwrap();
        let all = findings();
        let shown = document["diagnostics"].as_array().unwrap();
        assert_eq!(shown.len(), all.len());
        for (shown, finding) in shown.iter().zip(&all) {
            let Some(label) = finding.primary.as_ref().filter(|label| label.span.is_some()) else {
                assert_eq!(shown["primary"]["span"], Value::Null);
                continue;
            };
            let byte = |end: &str| shown["primary"]["span"][end]["byte"].as_u64().unwrap() as usize;
            let span = label.span.unwrap();
            assert_eq!(&label.file.text()[byte("start")..byte("end")], span.of(label.file.text()));
        }
    }

    #[test]
    fn the_page_describes_every_field() {
        let page = include_str!("../../../docs/json.md");
        let mut keys = BTreeSet::new();
        collect(&serde_json::from_str(&document()).unwrap(), &mut keys);
        let missing: Vec<&String> = keys.iter().filter(|key| !page.contains(&format!("| `{key}`"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn collect(value: &Value, keys: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    keys.insert(key.clone());
                    collect(value, keys);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
            _ => {}
        }
    }
}
