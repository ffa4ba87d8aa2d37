//! Texts, and the snapshots beside them.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

/// Compares what is shown of each text in a folder with the snapshot beside it. Of the files those are texts whose names
/// end so; `show` gets the name without that end, and the text. All are compared before the test fails.
pub(crate) fn compare(folder: &Path, end: &str, mut show: impl FnMut(&str, &str) -> String) {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().file_name().into_string().unwrap().strip_suffix(end).map(Into::into)
        })
        .collect();
    names.sort();
    assert!(!names.is_empty(), "there is no text in {}", folder.display());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut failed = Vec::new();
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}{end}"))).unwrap();
        let compared = AssertUnwindSafe(|| insta::assert_snapshot!(&*name, show(&name, &text)));
        if settings.bind(|| catch_unwind(compared)).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}
