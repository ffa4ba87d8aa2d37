//! `cargo run --example quickstart`, the first command of the README.

#[path = "support/example.rs"]
mod example;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::example::example;

#[test]
fn it_goes_up_and_back_and_forth_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let text = stdout(example("quickstart").env("TMPDIR", folder.path()));
    let sections: Vec<_> = text.lines().filter(|line| line.contains("MIGRATIONS.")).collect();
    assert_eq!(sections.len(), 5, "{text}");
    assert_eq!(text.matches("  up    ").count(), 13, "{text}");
    assert_eq!(text.matches("  down  ").count(), 1, "{text}");
    assert!(text.contains("  -> 432c3b17c0f8  876ee19c3071"), "{text}");
    assert!(
        text.contains("  876ee19c3071  432c3b17c0f8  no          record changes of task status"),
        "{text}"
    );
    assert!(text.contains("  432c3b17c0f8  432c3b17c0f8  yes         none"), "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_of_the_users_is_kept_and_up_to_date_the_second_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("app.db");
    stdout(example("quickstart").arg(&file));
    let text = stdout(example("quickstart").arg(&file));
    assert!(text.contains("There was nothing to do."), "{text}");
}

#[test]
fn an_error_is_printed_with_what_to_do() {
    let output = example("quickstart").arg(Path::new("no-such-folder/app.db")).output().unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.starts_with("Error: cannot "), "{text}");
    assert!(text.contains("unable to open database file"), "{text}");
}

fn stdout(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}
