//! What only a disk can do to a directory, and no text can say.

#![expect(clippy::disallowed_methods, reason = "tests write files")]

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt as _};

use migrate_analysis::{check, config::Config, source::Sources};
use migrate_core::Dialect;

#[test]
fn a_name_that_is_not_utf8_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(OsStr::from_bytes(b"aufgabe_f\xfcr.sql")), "").unwrap();
    let config = Config { databases: vec![Dialect::Sqlite], ..Config::default() };
    let report = check(&Sources::read_within(folder.path(), "."), &config);
    let found: Vec<&str> = report.diagnostics.iter().map(|finding| &*finding.message).collect();
    assert_eq!(found, ["the name of the file `aufgabe_f\u{fffd}r.sql` is not UTF-8"]);
}

#[test]
fn files_are_read_in_the_order_of_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.sql", "a.sql", "B.sql", "10.sql", "9.sql", "ä.sql"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let sources = Sources::read(folder.path());
    let names: Vec<&str> = sources.files().iter().map(|file| &**file.name()).collect();
    assert_eq!(names, ["10.sql", "9.sql", "B.sql", "a.sql", "b.sql", "ä.sql"]);
}

#[test]
fn a_link_within_the_package_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("migrations")).unwrap();
    fs::write(folder.path().join("seed.sql"), "SELECT 1;").unwrap();
    std::os::unix::fs::symlink("../seed.sql", folder.path().join("migrations/1_seed.sql")).unwrap();
    std::os::unix::fs::symlink("migrations", folder.path().join("history")).unwrap();
    let sources = Sources::read_within(folder.path(), "history");
    let files: Vec<(&str, &str)> = sources.files().iter().map(|file| (file.path(), &**file.text())).collect();
    assert_eq!(files, [("history/1_seed.sql", "SELECT 1;")]);
}

#[test]
fn a_configuration_that_is_not_there_is_the_default_one() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(format!("{:?}", Config::read(folder.path())), format!("{:?}", Config::default()));
    fs::create_dir(folder.path().join("migrate.toml")).unwrap();
    assert!(Config::read(folder.path()).is_broken());
}
