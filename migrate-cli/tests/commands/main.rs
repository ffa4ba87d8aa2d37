//! The program as people run it: a package, a command line, and what comes out.

mod check;
mod environment;
mod explain;
mod formats;
mod history;
mod package;
mod schema;
#[path = "../../../migrate-analysis/tests/support/text.rs"]
mod text;

use package::{PACKAGE, run};

#[test]
fn a_command_that_means_nothing_has_an_exit_code_of_its_own() {
    insta::assert_snapshot!(run(PACKAGE, "chekc\ncheck --database oracle\nhistory a:b:c"), @"
    > chekc
    error: unrecognized subcommand 'chekc'

      tip: some similar subcommands exist: 'schema', 'check'

    Usage: cargo migrate [OPTIONS] <COMMAND>

    For more information, try '--help'.
    exit code 2
    > check --database oracle
    error: invalid value 'oracle' for '--database <NAME>': a database is one of `sqlite`, `postgres`, `mysql`

    For more information, try '--help'.
    exit code 2
    > history a:b:c
    error: invalid value 'a:b:c' for '[RANGE]': `a:b:c` is no target: it has two `:`
      help: a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or `id+1`

    For more information, try '--help'.
    exit code 2
    ");
}
