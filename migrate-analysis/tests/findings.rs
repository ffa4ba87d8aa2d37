//! What people see: the findings of a directory, as the command line and as the compiler show them.
//!
//! Each text in `tests/findings` is a package with a flaw and is named after it. The snapshot beside it holds the
//! findings.

#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::{fs, path::PathBuf};

use migrate_analysis::diagnostic::text;

#[test]
fn each_flaw_is_shown_as_in_its_snapshot() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().file_name().into_string().unwrap().strip_suffix(".txt").map(Into::into)
        })
        .collect();
    names.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("findings");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut failed = Vec::new();
    for name in names {
        let report = support::check_package(&fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap());
        let shown: Vec<String> =
            report.diagnostics.iter().map(|finding| text::render(finding, false)).collect();
        let shipped =
            report.shipped.iter().map(|finding| format!("(shipped) {}", text::render(finding, false)));
        let shown: Vec<String> = shown.into_iter().chain(shipped).collect();
        let shown = if shown.is_empty() { "nothing found".to_owned() } else { shown.join("\n\n") };
        let same = settings.bind(|| std::panic::catch_unwind(|| insta::assert_snapshot!(&*name, shown)));
        if same.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}
