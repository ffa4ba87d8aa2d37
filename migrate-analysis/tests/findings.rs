//! What people see: the findings of a directory, as the command line and as the compiler show them.
//!
//! Each text in `tests/findings` is a package with a flaw and is named after it. The snapshot beside it holds the
//! findings.

#[expect(clippy::disallowed_methods, reason = "tests read files")]
#[path = "support/snapshots.rs"]
mod snapshots;
mod support;

use std::path::Path;

use migrate_analysis::diagnostic::text;

#[test]
fn each_flaw_is_shown_as_in_its_snapshot() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    snapshots::compare(&folder, ".txt", |_, package| {
        let report = support::check_package(package);
        let found = report.diagnostics.iter().map(|finding| text::render(finding, false));
        let shipped =
            report.shipped.iter().map(|finding| format!("(shipped) {}", text::render(finding, false)));
        let shown: Vec<String> = found.chain(shipped).collect();
        if shown.is_empty() { "nothing found".to_owned() } else { shown.join("\n\n") }
    });
}
