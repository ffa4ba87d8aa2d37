//! `cargo migrate --environment`

use crate::package::{PACKAGE, damaged, run};

/// The package with an environment for tests, and one that has another directory.
fn package() -> String {
    let toml = "branches = [\"planning\"]\n[environments.testing]\ndatabases = [\"sqlite\"]\n\
                [environments.old]\ndir = \"old\"\n== migrations/20251110";
    let old = "== old/1.sql ==\n-- begin\n-- revision: a\n-- migrate:up\nSELECT 1;\n\
               -- migrate:down irreversible: it reads\n";
    damaged("== migrations/20251110", toml) + old
}

#[test]
fn an_environment_is_named_before_or_behind_the_command() {
    let commands = "check\n-n testing check\ncheck -n testing\nmigrate --environment=testing check";
    insta::assert_snapshot!(run(&package(), commands), @"
    > check
    4 revisions for sqlite, postgres: nothing found
    > -n testing check
    4 revisions for sqlite: nothing found
    > check -n testing
    4 revisions for sqlite: nothing found
    > migrate --environment=testing check
    4 revisions for sqlite: nothing found
    ");
}

#[test]
fn another_directory_need_not_have_the_branches_of_this_one() {
    insta::assert_snapshot!(run(&package(), "check -n old"), @"
    > check -n old
    1 revision for sqlite, postgres: nothing found
    ");
}

#[test]
fn an_environment_that_is_not_there_is_asked_for_in_vain() {
    let commands = "check -n tseting\nhistory -n production";
    insta::assert_snapshot!(run(&package(), commands), @"
    > check -n tseting
    error: there is no environment `tseting`
      help: did you mean `testing`?
    exit code 2
    > history -n production
    error: there is no environment `production`
      help: the environments are `old`, `testing`
    exit code 2
    ");
    insta::assert_snapshot!(run(PACKAGE, "check -n testing"), @"
    > check -n testing
    error: there is no environment `testing`
      help: write what is different there below `[environments.testing]` in `migrate.toml`
    exit code 2
    ");
}

#[test]
fn a_broken_configuration_is_shown_before_its_environments() {
    let files = package().replace("databases = [\"sqlite\"]", "databases = [\"squlite\"]");
    insta::assert_snapshot!(run(&files, "check -n testing\ncheck -n none"), @r#"
    > check -n testing
    error[invalid-configuration]: `databases` cannot be `squlite`
     --> migrate.toml:4:14
      |
    4 | databases = ["squlite"]
      |              ^^^^^^^^^
      |
    help: did you mean `sqlite`?
      |
    4 - databases = ["squlite"]
    4 + databases = ["sqlite"]
      |

    1 error
    `cargo migrate explain <rule>` says more
    exit code 1
    > check -n none
    error[invalid-configuration]: `databases` cannot be `squlite`
     --> migrate.toml:4:14
      |
    4 | databases = ["squlite"]
      |              ^^^^^^^^^
      |
    help: did you mean `sqlite`?
      |
    4 - databases = ["squlite"]
    4 + databases = ["sqlite"]
      |

    1 error
    `cargo migrate explain <rule>` says more
    exit code 1
    "#);
}
