//! `cargo migrate revision`: what it writes, and what it refuses.

#[path = "support/terminal.rs"]
mod terminal;
#[path = "../../migrate-analysis/tests/support/text.rs"]
mod text;

use terminal::Terminal;

const PACKAGE: &str = r#"
== Cargo.toml ==
[package]
name = "service"
== migrate.toml ==
databases = ["sqlite", "postgres"]
== migrations/migrate.lock ==
format 1
databases sqlite, postgres
head abc123def456
abc123def456 <  draft
== migrations/20251110_1230_create_tasks.sql ==
-- create tasks
--
-- revision: abc123def456
-- labels: tasks

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE tasks;
"#;

#[test]
fn a_revision_follows_the_head_and_is_listed() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'add  priority to tasks' --id def456abc789
        cat migrations/*priority*
        cat migrations/migrate.lock
        cargo migrate check"), @"
    $ cargo migrate revision -m 'add  priority to tasks' --id def456abc789
    migrations/<date>_add_priority_to_tasks.sql
    $ cat migrations/*priority*
    -- add priority to tasks
    --
    -- revision: def456abc789
    -- revises: abc123def456
    -- created: <date> UTC

    -- migrate:up

    -- migrate:down
    $ cat migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite, postgres
    head def456abc789
    def456abc789 < abc123def456  draft
    abc123def456 <  draft
    $ cargo migrate check
    error[empty-up]: this up script has no statement
     --> migrations/<date>_add_priority_to_tasks.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    1 error in 2 migration files
    `cargo migrate explain <rule>` says more
    exit code 1
    ");
}

#[test]
fn a_draft_that_is_not_filled_in_does_not_stand_in_the_way_of_the_next_one() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'add priority' --id def456abc789
        cd migrations && cargo migrate revision -m 'Größe!' --id 0123456789ab --label sizes --depends-on abc1
        cargo migrate history
        cat migrations/*grosse*"), @"
    $ cargo migrate revision -m 'add priority' --id def456abc789
    migrations/<date>_add_priority.sql
    $ cd migrations && cargo migrate revision -m 'Größe!' --id 0123456789ab --label sizes --depends-on abc1
    <date>_grosse.sql
    $ cargo migrate history
    error[empty-up]: this up script has no statement
     --> migrations/<date>_add_priority.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    warning[redundant-dependency]: revision `0123456789ab` descends from `abc123def456` anyway
     --> migrations/<date>_grosse.sql:5:16
      |
    5 | -- depends-on: abc123def456
      |                ^^^^^^^^^^^^ this dependency says nothing new
      |
      = help: remove it: `depends-on` is for revisions of other branches

    error[empty-up]: this up script has no statement
     --> migrations/<date>_grosse.sql:9:1
      |
    9 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    there is no history to list before these errors are mended
    exit code 1
    $ cat migrations/*grosse*
    -- Größe!
    --
    -- revision: 0123456789ab
    -- revises: def456abc789
    -- depends-on: abc123def456
    -- labels: sizes
    -- created: <date> UTC

    -- migrate:up

    -- migrate:down
    ");
}

#[test]
fn an_id_is_drawn() {
    let terminal = Terminal::new(PACKAGE);
    terminal.run("cargo migrate revision -m 'add priority'");
    let shown = terminal.run("grep -Ec '^-- revision: [0-9a-f]{12}$' migrations/*priority.sql");
    assert!(shown.ends_with("\n1\n"), "{shown}");
}

#[test]
fn where_there_are_several_heads_one_has_to_be_named() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'add owner' --id 0123456789ab
        cargo migrate revision -m 'add priority' --id def456abc789 --head abc1
        cargo migrate revision -m 'add priority' --id def456abc789 --head abc1 --splice --label planning
        cargo migrate revision -m \"it's next\"
        cargo migrate revision -m 'go on' --head planning@head --id 111111111111
        cargo migrate revision -m 'merge both' --head heads --id 222222222222
        cat migrations/*merge*
        cargo migrate revision -m 'start again' --head base --id 333333333333
        cargo migrate history"), @r#"
    $ cargo migrate revision -m 'add owner' --id 0123456789ab
    migrations/<date>_add_owner.sql
    $ cargo migrate revision -m 'add priority' --id def456abc789 --head abc1
    error: `abc123def456` is no head: `0123456789ab` revises it
      help: leave out `--head` to go on at the end, or say `--splice` to begin a branch here
    exit code 2
    $ cargo migrate revision -m 'add priority' --id def456abc789 --head abc1 --splice --label planning
    migrations/<date>_add_priority.sql
    $ cargo migrate revision -m "it's next"
    error: the history has 2 heads, and a revision follows one
      help: say which:
        cargo migrate revision -m "it's next" --head 0123456789ab   # add owner
        cargo migrate revision -m "it's next" --head planning@head  # add priority
      or merge them first: cargo migrate revision -m merge --head heads
    exit code 2
    $ cargo migrate revision -m 'go on' --head planning@head --id 111111111111
    migrations/<date>_go_on.sql
    $ cargo migrate revision -m 'merge both' --head heads --id 222222222222
    migrations/<date>_merge_both.sql
    $ cat migrations/*merge*
    -- merge both
    --
    -- revision: 222222222222
    -- revises: 0123456789ab, 111111111111
    -- created: <date> UTC
    $ cargo migrate revision -m 'start again' --head base --id 333333333333
    migrations/<date>_start_again.sql
    $ cargo migrate history
    error[empty-up]: this up script has no statement
     --> migrations/<date>_add_owner.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    error[empty-up]: this up script has no statement
     --> migrations/<date>_add_priority.sql:8:1
      |
    8 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    error[empty-up]: this up script has no statement
     --> migrations/<date>_go_on.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    error[multiple-bases]: the history has 2 bases
     --> migrations/<date>_start_again.sql:3:14
      |
    3 | -- revision: 333333333333
      |              ^^^^^^^^^^^^ this revises nothing
      |
     ::: migrations/<date>_create_tasks.sql:3:14
      |
    3 | -- revision: abc123def456
      |              ------------ nor does this
      |
      = help: if it belongs behind another revision, name that: `-- revises: abc123def456`
      = help: if it begins a branch of its own, give it a label and name it in `migrate.toml`: `branches = [".."]`

    error[multiple-heads]: the history has 2 heads
     --> migrations/<date>_start_again.sql:3:14
      |
    3 | -- revision: 333333333333
      |              ^^^^^^^^^^^^ nothing revises this
      |
     ::: migrations/<date>_merge_both.sql:3:14
      |
    3 | -- revision: 222222222222
      |              ------------ nor this
      |
      = help: merge them by a new revision: `-- revises: 222222222222, 333333333333`
      = help: or let one of them revise the other: `cargo migrate rebase` does so with drafts
      = help: or, if the branches stay apart, give one a label and name it in `migrate.toml`: `branches = [".."]`

    error[empty-up]: this up script has no statement
     --> migrations/<date>_start_again.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    there is no history to list before these errors are mended
    exit code 1
    "#);
}

#[test]
fn what_would_not_be_sound_is_not_written() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m x --id abc123def456
        cargo migrate revision -m x --id 'a b'
        cargo migrate revision -m x --label tasks
        cargo migrate revision -m x --depends-on nothing
        cargo migrate revision -m 'labels: x'
        cargo migrate revision -m '!'
        cargo migrate revision"), @r#"
    $ cargo migrate revision -m x --id abc123def456
    error[duplicate-revision]: two revisions have the id `abc123def456`
     --> migrations/<date>_x.sql:3:14
      |
    3 | -- revision: abc123def456
      |              ^^^^^^^^^^^^ again here
      |
     ::: migrations/<date>_create_tasks.sql:3:14
      |
    3 | -- revision: abc123def456
      |              ------------ first here
      |
      = help: give one of them another id, and its name to what revises it

    error[self-loop]: revision `abc123def456` revises itself
     --> migrations/<date>_x.sql:4:13
      |
    3 | -- revision: abc123def456
      |              ------------ its id
    4 | -- revises: abc123def456
      |             ^^^^^^^^^^^^
      |
      = help: name the revision before it; a base has an empty `revises`

    nothing is written
    exit code 1
    $ cargo migrate revision -m x --id 'a b'
    error: invalid value 'a b' for '--id <ID>': it has white space

    For more information, try '--help'.
    exit code 2
    $ cargo migrate revision -m x --label tasks
    error[duplicate-label]: the label `tasks` is taken twice
     --> migrations/<date>_x.sql:5:12
      |
    5 | -- labels: tasks
      |            ^^^^^ again here
      |
     ::: migrations/<date>_create_tasks.sql:4:12
      |
    4 | -- labels: tasks
      |            ----- first here
      |
      = help: choose another label

    nothing is written
    exit code 1
    $ cargo migrate revision -m x --depends-on nothing
    error: there is no revision and no label `nothing`
      help: `history` lists the revisions and their labels
    exit code 2
    $ cargo migrate revision -m 'labels: x'
    error: `labels: x` is no message: it would be read as a part of the header
      help: say in words what the revision does: `-m "add priority to tasks"`
    exit code 2
    $ cargo migrate revision -m '!'
    error: invalid value '!' for '--message <TEXT>': it has neither a letter nor a digit

    For more information, try '--help'.
    exit code 2
    $ cargo migrate revision
    error: the following required arguments were not provided:
      --message <TEXT>

    Usage: cargo migrate revision --message <TEXT>

    For more information, try '--help'.
    exit code 2
    "#);
}

#[test]
fn a_file_is_never_overwritten() {
    let terminal =
        Terminal::new(&PACKAGE.replace("\"postgres\"]\n", "\"postgres\"]\nfile-template = \"{slug}\"\n"));
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'add owner' --id 0123456789ab
        cargo migrate revision -m 'Add: owner' --id 111111111111"), @"
    $ cargo migrate revision -m 'add owner' --id 0123456789ab
    migrations/add_owner.sql
    $ cargo migrate revision -m 'Add: owner' --id 111111111111
    error: there is a file `migrations/add_owner.sql` already
      help: say in other words what the new revision does, or wait for the next minute
    exit code 2
    ");
}

#[test]
fn each_database_may_have_a_file_and_hooks_see_them() {
    let files = PACKAGE.replace(
        "\"postgres\"]\n",
        "\"postgres\"]\nfile-template = \"{epoch}-{slug}\"\n[hooks]\na = \"sed -i 's/create owners/make owners/' '{file}'\"\nb = \"wc -l\"\n",
    );
    let terminal = Terminal::new(&files);
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'create owners' --id 0123456789ab --variants >/dev/null 2>&1
        cat migrations/*owners.sqlite.sql
        cat migrations/*owners.postgres.sql
        sed -i 's/wc -l/false/' migrate.toml
        cargo migrate revision -m 'create colours' --id 111111111111 2>&1 | sed 's/[0-9]*-create/<epoch>-create/'"), @"
    $ cargo migrate revision -m 'create owners' --id 0123456789ab --variants >/dev/null 2>&1
    $ cat migrations/*owners.sqlite.sql
    -- make owners
    --
    -- revision: 0123456789ab
    -- revises: abc123def456
    -- created: <date> UTC

    -- migrate:up

    -- migrate:down
    $ cat migrations/*owners.postgres.sql
    -- migrate:up

    -- migrate:down
    $ sed -i 's/wc -l/false/' migrate.toml
    $ cargo migrate revision -m 'create colours' --id 111111111111 2>&1 | sed 's/[0-9]*-create/<epoch>-create/'
    error: the hook `b` failed: `false` ended with exit status: 1
      help: the new file is there all the same: `<folder>/migrations/<epoch>-create_colours.sql`
    ");
}

#[test]
fn a_history_that_is_not_known_gets_no_revision() {
    let terminal = Terminal::new(
        &PACKAGE.replace("-- revision: abc123def456", "-- revision: abc123def456\n-- revises: gone"),
    );
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'add owner'
        rm -r migrations
        cargo migrate revision -m 'add owner'"), @r#"
    $ cargo migrate revision -m 'add owner'
    error[unknown-parent]: unknown parent `gone`
     --> migrations/<date>_create_tasks.sql:4:13
      |
    4 | -- revises: gone
      |             ^^^^ no revision has this id
      |
      = help: `revises` takes the full ids of other files; a base has an empty `revises`

    which revisions there are is not known before these errors are mended
    exit code 1
    $ rm -r migrations
    $ cargo migrate revision -m 'add owner'
    error[missing-directory]: the directory `migrations` does not exist
     |
     = help: create it by `cargo migrate init`, or name another one: `dir = ".."` in `migrate.toml`, beside `Cargo.toml`

    which revisions there are is not known before these errors are mended
    exit code 1
    "#);
}

#[test]
fn names_are_made_in_the_time_zone_of_the_configuration() {
    let files = PACKAGE.replace("\"postgres\"]\n", "\"postgres\"]\ntimezone = \"Mars/Base\"\n");
    let terminal = Terminal::new(&files);
    insta::assert_snapshot!(terminal.run("cargo migrate revision -m 'add owner'
        sed -i s,Mars/Base,Pacific/Kiritimati, migrate.toml
        cargo migrate revision -m 'add owner' >/dev/null
        ls migrations | grep -c $(TZ=Pacific/Kiritimati date +%Y%m%d)
        grep -c \"created: $(date -u +%Y-%m-%d)\" migrations/*owner.sql"), @r#"
    $ cargo migrate revision -m 'add owner'
    error: `timezone` names `Mars/Base`, a time zone that this machine does not know
      help: write `UTC` or a name such as `Europe/Berlin` in migrate.toml
    exit code 2
    $ sed -i s,Mars/Base,Pacific/Kiritimati, migrate.toml
    $ cargo migrate revision -m 'add owner' >/dev/null
    $ ls migrations | grep -c $(TZ=Pacific/Kiritimati date +%Y%m%d)
    1
    $ grep -c "created: $(date -u +%Y-%m-%d)" migrations/*owner.sql
    1
    "#);
}
