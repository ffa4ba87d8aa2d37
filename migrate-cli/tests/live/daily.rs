//! What is done every day, and what is said of it.

use crate::package::live;

#[test]
fn an_upgrade_goes_to_the_head_and_a_second_one_has_nothing_to_do() {
    insta::assert_snapshot!(live(
        "cargo migrate status
        cargo migrate current
        cargo migrate upgrade
        cargo migrate upgrade head
        cargo migrate current
        cargo migrate status"
    ));
}

#[test]
fn steps_are_counted_up_and_down() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade +2
        cargo migrate status
        cargo migrate downgrade -1
        cargo migrate downgrade base
        cargo migrate downgrade base
        cargo migrate current"
    ));
}

#[test]
fn a_plan_is_sql_and_changes_nothing() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade 8e2b --dry-run
        cargo migrate current
        cargo migrate upgrade 8e2b > out
        cargo migrate downgrade base --dry-run
        cargo migrate upgrade 8e2b --dry-run"
    ));
}

#[test]
fn a_stamp_writes_down_and_runs_nothing() {
    insta::assert_snapshot!(live(
        "cargo migrate stamp 8e2b
        cargo migrate stamp 8e2b
        cargo migrate status
        cargo migrate stamp base --purge
        cargo migrate current"
    ));
}

#[test]
fn options_reach_the_run() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade --namespace other --one-transaction --lock-wait 2s --statement-timeout 1m
        cargo migrate current --namespace other
        cargo migrate current
        cargo migrate upgrade --schema tenant
        cargo migrate upgrade --lock-wait 3
        cargo migrate stamp -1"
    ));
}
