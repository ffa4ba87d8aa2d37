//! A package as a text, written to a disk and checked.

#[expect(clippy::disallowed_methods, reason = "tests write files")]
pub(crate) mod text;

use migrate_analysis::{Report, check, config::Config, source::Sources};
use migrate_core::Dialect;

/// Writes the files of the text into a new folder and checks them, as the macro does.
///
/// Where there is no `migrate.toml`, the database is SQLite. Cargo features are taken from a `Cargo.toml`, where there
/// is one.
pub(crate) fn check_package(text: &str) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = text::split(text);
    for (head, content) in &files {
        text::write(folder.path(), head, content);
    }
    let mut config = Config::read(folder.path());
    if !files.iter().any(|(head, _)| head.starts_with("migrate.toml")) {
        config.databases = vec![Dialect::Sqlite];
    }
    if let Some((_, manifest)) = files.iter().find(|(head, _)| *head == "Cargo.toml") {
        config.features.retain(|dialect| manifest.contains(&format!("\"{dialect}\"")));
    }
    check(&Sources::read_within(folder.path(), config.dir()), &config)
}
