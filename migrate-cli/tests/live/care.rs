//! Backups, the way back to them, and what a doctor says.

use crate::package::live;

#[test]
fn an_upgrade_makes_a_backup_and_a_restore_goes_back_to_it() {
    insta::assert_snapshot!(live(
        "cargo migrate upgrade +1
        cargo migrate upgrade --backup backups > out 2>&1; sed -E 's/[0-9]+T[0-9]+Z/<moment>/; s/\\(.*\\)$/(<size>)/' < out | grep backup
        ls -A backups | sed -E 's/[0-9]+T[0-9]+Z/<moment>/'
        cargo migrate restore backups/* 2>&1 | sed -E 's/[0-9]+T[0-9]+Z/<moment>/'
        cargo migrate restore backups/* --yes | sed -E 's/[0-9]+T[0-9]+Z/<moment>/g'
        cargo migrate upgrade > out
        cargo migrate status
        cargo migrate restore none.db --yes"
    ));
}

#[test]
fn a_doctor_says_what_is_wrong() {
    insta::assert_snapshot!(live(
        "cargo migrate doctor
        cargo migrate upgrade > out
        cargo migrate doctor
        cargo migrate doctor --format json
        cargo migrate stamp 8e2b > out
        mkdir other
        cargo migrate doctor --dir other
        cargo migrate doctor --dir other --format json"
    ));
}
