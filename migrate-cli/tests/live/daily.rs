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

#[test]
fn a_history_marks_where_the_database_is() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade 8e2b > out
        cargo migrate history -i
        cargo migrate history current:
        cargo migrate history -i current: --verbose | sed 's/[.][0-9]*$//'
        cargo migrate history -D sqlite:app.db"
    ));
}

#[test]
fn the_help_of_each_command_has_an_example() {
    let help = live("cargo migrate --help");
    let names = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names: Vec<&str> = names.map_while(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{help}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let help = live(&format!("cargo migrate {name} --help"));
        assert!(help.contains("Example") && help.contains(&format!("\n  cargo migrate {name}")), "{help}");
    }
}
