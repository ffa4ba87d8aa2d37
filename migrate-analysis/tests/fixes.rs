//! A change that a finding offers mends it: each is made in the text of its package, which is then checked again.

#![expect(clippy::disallowed_methods, reason = "tests read files")]

mod support;

use std::{fs, path::PathBuf};

use migrate_analysis::diagnostic::{Diagnostic, Fix};

#[test]
fn each_fix_mends_its_finding() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let mut mended = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let package = fs::read_to_string(&path).unwrap();
            for finding in support::check_package(&package).diagnostics {
                let Some(fixed) = finding.fix.as_ref().and_then(|fix| with_fix(&package, fix)) else {
                    continue;
                };
                let left = support::check_package(&fixed).diagnostics;
                assert!(
                    !left.iter().any(|other| is_same(other, &finding)),
                    "{}: {finding:#?}",
                    path.display()
                );
                mended += 1;
            }
        }
    }
    assert!(mended >= 20, "{mended}");
}

/// The package after the change; `None` where the file does not lie on the disk as it stands in the text.
fn with_fix(package: &str, fix: &Fix) -> Option<String> {
    let mut found = false;
    let parts = support::text::split(package).into_iter().map(|(head, content)| {
        let is_changed = head == fix.file.path() && content == **fix.file.text();
        found |= is_changed;
        let content = if is_changed { fix.apply().unwrap() } else { content };
        format!("== {head} ==\n{content}\n")
    });
    let fixed = parts.collect();
    found.then_some(fixed)
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let path = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.file.path().to_owned());
    a.rule == b.rule && a.message == b.message && path(a) == path(b)
}
