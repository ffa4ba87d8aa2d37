//! What programs read.

use crate::package::live;

#[test]
fn a_run_is_lines_of_events_and_then_its_report() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade 8e2b --format json
        cargo migrate upgrade 8e2b --format json
        cargo migrate downgrade -1 --format json
        cargo migrate upgrade nosuch --format json
        cargo migrate upgrade +1 --dry-run --format json
        cargo migrate stamp head --format json"
    ));
}

#[test]
fn status_and_current_are_one_document() {
    insta::assert_snapshot!(live(
        "cargo migrate status --format json
        cargo migrate upgrade 8e2b > out
        cargo migrate status --format json
        cargo migrate current --format json"
    ));
}
