//! No text makes `check` or a renderer panic: every example of a flaw is cut short and damaged at each of its
//! characters.

#![expect(clippy::disallowed_methods, reason = "tests read files")]

#[path = "support/text.rs"]
#[expect(clippy::disallowed_methods, dead_code, reason = "the texts are not written to a disk here")]
mod files;

use std::{fs, path::PathBuf};

use migrate_analysis::{
    check,
    config::Config,
    diagnostic::{compile_error, text},
    source::{SourceFile, Sources},
};

/// What turns the meaning of all that follows, or of nothing.
const DAMAGES: [&str; 12] =
    ["", "'", "\"", "`", "$$", "/*", "\n", "\r", "\t", "\u{feff}", "é", "-- migrate:up\n"];

#[test]
fn no_damaged_text_makes_it_panic() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let mut checked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            checked += damage(&fs::read_to_string(path).unwrap());
        }
    }
    assert!(checked > 5_000, "{checked}");
}

/// Checks damaged copies of a package, and says how many.
fn damage(text: &str) -> usize {
    let mut checked = 0;
    // A step that shares no factor with the number of damages meets all of them all over the text.
    for (place, (at, character)) in text.char_indices().enumerate().step_by(7) {
        let Some(damage) = DAMAGES.get(place % DAMAGES.len()) else { continue };
        let (before, after) = text.split_at(at);
        check_text(before);
        check_text(&[before, damage, after.trim_start_matches(character)].concat());
        checked += 2;
    }
    checked
}

fn check_text(text: &str) {
    // Damage may have hit the line that names the first file.
    let is_head = |line: &str| line.starts_with("== ") && line.len() > 6 && line.trim_end().ends_with(" ==");
    let named = text.lines().next().is_some_and(is_head);
    let text = if named { text.to_owned() } else { format!("== migrations/a.sql ==\n{text}") };
    let parts = files::split(&text);
    let content =
        |name: &str| parts.iter().find(|(head, _)| *head == name).map(|(_, content)| content.as_str());
    let toml = content("migrate.toml").unwrap_or("databases = ['sqlite', 'postgres', 'mysql']");
    let config = Config::parse(&SourceFile::new("", "migrate.toml", toml));
    let migrations =
        parts.iter().filter_map(|(head, content)| Some((head.strip_prefix("migrations/")?, &**content)));
    let report = check(&Sources::new("migrations", migrations), &config);
    for finding in &report.diagnostics {
        assert!(!text::render(finding, true).is_empty());
        assert!(compile_error::render(finding).starts_with(&finding.message));
        for label in finding.primary.iter().chain(&finding.secondary) {
            let end = label.span.map_or(0, |span| span.end as usize);
            assert!(end <= label.file.text().len(), "{finding:?}");
        }
        if let Some(fix) = &finding.fix {
            assert!(fix.apply().is_some_and(|mended| *mended != **fix.file.text()), "{finding:?}");
        }
    }
    for edition in report.editions.iter().filter(|_| !report.is_refused()) {
        for revision in edition.graph.revisions() {
            let texts = revision.up().map(|script| script.statement_texts().map(str::len).sum::<usize>());
            assert!(texts.is_none_or(|length| length > 0), "{revision:?}");
        }
    }
}
