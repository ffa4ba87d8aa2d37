//! `cargo migrate rebase`: what moves, and what stays.

#[path = "support/terminal.rs"]
mod terminal;
#[path = "../../migrate-analysis/tests/support/text.rs"]
mod text;

use terminal::Terminal;

/// Two branches behind `a1`: `b1`, and the three files of `c1` with `d1` behind it.
const PACKAGE: &str = r#"
== Cargo.toml ==
[package]
name = "service"
== migrate.toml ==
databases = ["sqlite", "postgres"]
== migrations/20250101_0900_create_tasks.sql ==
-- create tasks
-- revision: a1
-- created: 2025-01-01 09:00:00 UTC

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE tasks;
== migrations/20250103_0900_add_priority.sql ==
-- add a priority
-- revision: b1
-- revises: a1
-- created: 2025-01-03 09:00:00 UTC

-- migrate:up
ALTER TABLE tasks ADD COLUMN priority INTEGER;

-- migrate:down
ALTER TABLE tasks DROP COLUMN priority;
== migrations/20250102_1000_by_hand.up.sql (crlf) ==
-- add an owner
-- revision:  c1
-- revises:   a1
-- created:   2025-01-02 10:00:00 UTC

ALTER TABLE tasks ADD COLUMN owner TEXT;
== migrations/20250102_1000_by_hand.down.sql ==
ALTER TABLE tasks DROP COLUMN owner;
== migrations/20250102_1000_by_hand.postgres.up.sql ==
ALTER TABLE tasks ADD COLUMN owner VARCHAR(80);
== migrations/next.sql ==
-- index the owner
-- revision: d1
-- revises: c1

-- migrate:up
CREATE INDEX idx_tasks_owner ON tasks (owner);

-- migrate:down
DROP INDEX idx_tasks_owner;
"#;

const LOCK: &str = "== migrations/migrate.lock ==\nformat 1\ndatabases sqlite, postgres\nhead d1, b1\n\
                    d1 < c1  draft\nc1 < a1  draft\nb1 < a1  draft\na1 <  draft\n";

#[test]
fn the_drafts_go_behind_the_head_that_stays_with_all_their_files() {
    let terminal = Terminal::new(&(PACKAGE.to_owned() + LOCK));
    insta::assert_snapshot!(terminal.run("cargo migrate rebase
        cargo migrate rebase --onto b1
        cat -A migrations/*by_hand.up.sql
        ls migrations
        cat migrations/next.sql migrations/migrate.lock
        cargo migrate rebase --onto b1"), @"
    $ cargo migrate rebase
    error: the history has 2 heads, and no sealed revision tells which one stays
      help: say which of them stays, and the others go behind it:
        cargo migrate rebase --onto d1  # index the owner
        cargo migrate rebase --onto b1  # add a priority, <date> UTC
    exit code 2
    $ cargo migrate rebase --onto b1
    c1 follows b1: add an owner
      <date>_by_hand.up.sql becomes <date>_by_hand.up.sql
      <date>_by_hand.down.sql becomes <date>_by_hand.down.sql
      <date>_by_hand.postgres.up.sql becomes <date>_by_hand.postgres.up.sql
    d1 follows c1: index the owner
    migrations/migrate.lock is written anew
    $ cat -A migrations/*by_hand.up.sql
    -- add an owner^M$
    -- revision:  c1^M$
    -- revises:   b1^M$
    -- created:   <date> UTC^M$
    ^M$
    ALTER TABLE tasks ADD COLUMN owner TEXT;^M$
    $ ls migrations
    <date>_create_tasks.sql
    <date>_add_priority.sql
    <date>_by_hand.down.sql
    <date>_by_hand.postgres.up.sql
    <date>_by_hand.up.sql
    migrate.lock
    next.sql
    $ cat migrations/next.sql migrations/migrate.lock
    -- index the owner
    -- revision: d1
    -- revises: c1

    -- migrate:up
    CREATE INDEX idx_tasks_owner ON tasks (owner);

    -- migrate:down
    DROP INDEX idx_tasks_owner;
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite, postgres
    head d1
    d1 < c1  draft
    c1 < b1  draft
    b1 < a1  draft
    a1 <  draft
    $ cargo migrate rebase --onto b1
    there is nothing to rebase
    ");
}

#[test]
fn a_revision_whose_name_sorts_behind_keeps_it() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate rebase --onto d1
        ls migrations
        cat migrations/*priority.sql"), @"
    $ cargo migrate rebase --onto d1
    b1 follows d1: add a priority
    $ ls migrations
    <date>_create_tasks.sql
    <date>_by_hand.down.sql
    <date>_by_hand.postgres.up.sql
    <date>_by_hand.up.sql
    <date>_add_priority.sql
    next.sql
    $ cat migrations/*priority.sql
    -- add a priority
    -- revision: b1
    -- revises: d1
    -- created: <date> UTC

    -- migrate:up
    ALTER TABLE tasks ADD COLUMN priority INTEGER;

    -- migrate:down
    ALTER TABLE tasks DROP COLUMN priority;
    ");
}

#[test]
fn the_head_that_rests_on_sealed_revisions_stays() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("mkdir away && mv migrations/*priority* migrations/next.sql away
        cargo migrate lock && mv away/* migrations
        cargo migrate rebase --onto b1
        cargo migrate rebase --onto a1
        cargo migrate rebase --dry-run
        sed -i '/^b1/d; s/^d1.*/&/' migrations/migrate.lock
        cargo migrate rebase"), @"
    $ mkdir away && mv migrations/*priority* migrations/next.sql away
    $ cargo migrate lock && mv away/* migrations
    sealed  a1  create tasks
    sealed  c1  add an owner
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ cargo migrate rebase --onto b1
    error: `d1` rests on sealed revisions, and does not go behind `b1`
      help: leave out `--onto`
    exit code 1
    $ cargo migrate rebase --onto a1
    error: `a1` is none of the heads that have to come into one line
      help: these are: `d1`, `b1`
    exit code 2
    $ cargo migrate rebase --dry-run
    b1 follows d1: add a priority
    migrations/migrate.lock is written anew
    nothing is changed: this is a dry run
    $ sed -i '/^b1/d; s/^d1.*/&/' migrations/migrate.lock
    $ cargo migrate rebase
    b1 follows d1: add a priority
    migrations/migrate.lock is written anew
    ");
}

#[test]
fn what_is_sealed_on_both_sides_is_merged() {
    let terminal = Terminal::new(PACKAGE);
    terminal.run(
        "mkdir away && mv migrations/*hand* migrations/next.sql migrations/*priority* away
        cargo migrate lock && git init -q -b main && git add migrations && git commit -qm 'create tasks'
        git switch -qc owners && mv away/*hand* away/next.sql migrations && cargo migrate lock
        git add migrations && git commit -qm 'add an owner' && git switch -q main
        mv away/* migrations && cargo migrate lock && git add migrations && git commit -qm 'add a priority'",
    );
    insta::assert_snapshot!(terminal.run("git merge -q owners
        cargo migrate rebase
        cargo migrate revision -m merge --head heads --id e1
        cat migrations/migrate.lock
        cargo migrate check"), @"
    $ git merge -q owners
    Auto-merging migrations/migrate.lock
    CONFLICT (content): Merge conflict in migrations/migrate.lock
    Automatic merge failed; fix conflicts and then commit the result.
    exit code 1
    $ cargo migrate rebase
    error: `d1` and `b1` both rest on sealed revisions of their own, which stay where they are
      help: merge them: `cargo migrate revision -m merge --head heads`
    exit code 1
    $ cargo migrate revision -m merge --head heads --id e1
    migrations/<date>_merge.sql
    $ cat migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite, postgres
    head e1
    e1 < d1, b1  draft
    b1 < a1  v1:e4f5..
    d1 < c1  sqlite=v1:c502.. postgres=v1:8d58..
    c1 < a1  sqlite=v1:f9d3.. postgres=v1:a71b..
    a1 <  v1:fa9d..
    $ cargo migrate check
    5 revisions for sqlite, postgres: nothing found
    ");
}

/// A file of a revision that adds a column.
fn column(id: &str, parents: &str) -> String {
    format!(
        "== migrations/{id}.sql ==\n-- add {id}\n-- revision: {id}\n-- revises: {parents}\n\n-- migrate:up\n\
         ALTER TABLE tasks ADD COLUMN {id} TEXT;\n\n-- migrate:down\nALTER TABLE tasks DROP COLUMN {id};\n"
    )
}

#[test]
fn three_branches_and_a_merge_come_into_one_line() {
    let files = [column("k1", "a1"), column("k2", "a1"), column("m1", "k1, k2"), column("z1", "k1")].concat();
    let terminal = Terminal::new(&(PACKAGE.to_owned() + &files));
    insta::assert_snapshot!(terminal.run("cargo migrate rebase --onto d1
        cargo migrate history"), @"
    $ cargo migrate rebase --onto d1
    b1 follows d1: add a priority
    k1 follows b1: add k1
    z1 follows k1: add z1
    k2 follows z1: add k2
    m1 follows k2: add m1
    $ cargo migrate history
    m1 < k2  (head)  add m1
    k2 < z1  add k2
    z1 < k1  add z1
    k1 < b1  add k1
    b1 < d1  add a priority
    d1 < c1  index the owner
    c1 < a1  add an owner
    a1 <  (base)  create tasks
    ");
}

#[test]
fn declared_branches_stay_apart() {
    let labelled = column("k1", "a1").replace("-- revises", "-- labels: billing\n-- revises");
    let package = PACKAGE.replace("\"postgres\"]\n", "\"postgres\"]\nbranches = [\"billing\"]\n");
    let terminal = Terminal::new(&(package + &labelled));
    insta::assert_snapshot!(terminal.run("cargo migrate rebase --onto k1
        cargo migrate rebase --onto d1
        cargo migrate history"), @"
    $ cargo migrate rebase --onto k1
    error: `k1` is none of the heads that have to come into one line
      help: these are: `d1`, `b1`
    exit code 2
    $ cargo migrate rebase --onto d1
    b1 follows d1: add a priority
    $ cargo migrate history
    k1 < a1  (head, billing)  add k1
    b1 < d1  (head)  add a priority
    d1 < c1  index the owner
    c1 < a1  add an owner
    a1 <  (base)  create tasks
    ");
}

#[test]
fn what_was_cut_short_is_finished_by_a_second_run() {
    let terminal = Terminal::new(&(PACKAGE.to_owned() + LOCK));
    insta::assert_snapshot!(terminal.run("cp -r migrations before && cargo migrate rebase --onto b1 >/dev/null && mv migrations after
        mkdir migrations && for name in $(ls after); do cp before/*${name#*_*_} migrations/$name 2>/dev/null || cp before/$name migrations; done
        cargo migrate rebase --onto b1
        diff -r -I '^-- created' migrations after
        cp before/migrate.lock migrations
        cargo migrate lock --draft
        diff -r -I '^-- created' migrations after"), @"
    $ cp -r migrations before && cargo migrate rebase --onto b1 >/dev/null && mv migrations after
    $ mkdir migrations && for name in $(ls after); do cp before/*${name#*_*_} migrations/$name 2>/dev/null || cp before/$name migrations; done
    $ cargo migrate rebase --onto b1
    c1 follows b1: add an owner
    d1 follows c1: index the owner
    migrations/migrate.lock is written anew
    $ diff -r -I '^-- created' migrations after
    $ cp before/migrate.lock migrations
    $ cargo migrate lock --draft
    moved   c1  add an owner
    migrations/migrate.lock: 0 sealed, 4 drafts
    $ diff -r -I '^-- created' migrations after
    ");
}

#[test]
fn a_history_that_is_not_known_is_not_touched() {
    let terminal = Terminal::new(&PACKAGE.replace("-- revises: c1", "-- revises: c2"));
    insta::assert_snapshot!(terminal.run("cargo migrate rebase --onto b1"), @"
    $ cargo migrate rebase --onto b1
    error[unknown-parent]: unknown parent `c2`
     --> migrations/next.sql:3:13
      |
    3 | -- revises: c2
      |             ^^ no revision has this id
      |
    help: did you mean `c1`?
      |
    3 - -- revises: c2
    3 + -- revises: c1
      |

    nothing is changed before these errors are mended
    exit code 1
    ");
}

const SQLX: &str = r#"
== Cargo.toml ==
[package]
name = "service"
== migrate.toml ==
databases = ["sqlite"]
== migrations/20240101090000_create_tasks.up.sql ==
CREATE TABLE tasks (id INTEGER PRIMARY KEY);
== migrations/20240101090000_create_tasks.down.sql ==
DROP TABLE tasks;
== migrations/20240103090000_add_priority.up.sql ==
ALTER TABLE tasks ADD COLUMN priority INTEGER;
== migrations/20240103090000_add_priority.down.sql ==
ALTER TABLE tasks DROP COLUMN priority;
"#;

#[test]
fn a_late_version_of_another_tool_becomes_the_last_one() {
    let terminal = Terminal::new(SQLX);
    insta::assert_snapshot!(terminal.run("cargo migrate lock
        echo 'ALTER TABLE tasks ADD COLUMN owner TEXT;' > migrations/20240102090000_add_owner.up.sql
        echo 'ALTER TABLE tasks DROP COLUMN owner;' > migrations/20240102090000_add_owner.down.sql
        cargo migrate check
        cargo migrate rebase
        ls migrations
        cargo migrate history"), @"
    $ cargo migrate lock
    sealed  <date>  create tasks
    sealed  <date>  add priority
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ echo 'ALTER TABLE tasks ADD COLUMN owner TEXT;' > migrations/<date>_add_owner.up.sql
    $ echo 'ALTER TABLE tasks DROP COLUMN owner;' > migrations/<date>_add_owner.down.sql
    $ cargo migrate check
    error[out-of-order-version]: the version `<date>` is new, and lower than `<date>`, which is in the lock file
    --> migrations/<date>_add_owner.up.sql
     = help: `cargo migrate rebase` gives it a version behind all others
     = help: where it came first it would never have been applied

    1 error in 6 migration files
    `cargo migrate explain <rule>` says more
    exit code 1
    $ cargo migrate rebase
    <date> gets the version <date>
    migrations/migrate.lock is written anew
    $ ls migrations
    <date>_create_tasks.down.sql
    <date>_create_tasks.up.sql
    <date>_add_priority.down.sql
    <date>_add_priority.up.sql
    <date>_add_owner.down.sql
    <date>_add_owner.up.sql
    migrate.lock
    $ cargo migrate history
    <date> < <date>  (head)  add owner
    <date> < <date>  add priority
    <date> <  (base)  create tasks
    ");
}

#[test]
fn two_branches_of_another_tool_come_into_one_line() {
    let terminal = Terminal::new(
        &(SQLX.to_owned()
            + "== migrations/20240102090000_add_owner.up.sql ==\nALTER TABLE tasks ADD COLUMN owner TEXT;\n== migrations/20240102090000_add_owner.down.sql ==\nALTER TABLE tasks DROP COLUMN owner;\n== migrations/native.sql ==\n-- index the owner\n-- revision: d1\n-- revises: 20240102090000\n\n-- migrate:up\nCREATE INDEX idx_tasks_owner ON tasks (owner);\n\n-- migrate:down\nDROP INDEX idx_tasks_owner;\n== migrations/migrate.lock ==\nformat 1\n<<<<<<< HEAD\nhead d1\nd1 < 20240102090000  draft\n20240102090000 < 20240101090000  draft\n=======\nhead 20240103090000\n20240103090000 < 20240101090000  draft\n>>>>>>> main\n20240101090000 <  draft\n"),
    );
    insta::assert_snapshot!(terminal.run("cp -r migrations other
        cargo migrate rebase --onto 20240103
        ls migrations
        cat migrations/native.sql migrations/migrate.lock
        cargo migrate check
        rm -r migrations && mv other migrations
        cargo migrate rebase --onto d1"), @"
    $ cp -r migrations other
    $ cargo migrate rebase --onto 20240103
    <date> follows <date>: add owner
    <date> gets the version <date>
    d1 follows <date>: index the owner
    migrations/migrate.lock is written anew, without conflict markers
    $ ls migrations
    <date>_create_tasks.down.sql
    <date>_create_tasks.up.sql
    <date>_add_priority.down.sql
    <date>_add_priority.up.sql
    <date>_add_owner.down.sql
    <date>_add_owner.up.sql
    migrate.lock
    native.sql
    $ cat migrations/native.sql migrations/migrate.lock
    -- index the owner
    -- revision: d1
    -- revises: <date>

    -- migrate:up
    CREATE INDEX idx_tasks_owner ON tasks (owner);

    -- migrate:down
    DROP INDEX idx_tasks_owner;
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite
    head d1
    d1 < <date>  draft
    <date> < <date>  draft
    <date> < <date>  draft
    <date> <  draft
    $ cargo migrate check
    4 revisions (sqlx) for sqlite: nothing found
    $ rm -r migrations && mv other migrations
    $ cargo migrate rebase --onto d1
    error: `<date>` has no header, and so cannot follow `d1`, which has one
      help: write it as a file with `-- revision: <date>` and `-- revises: d1`
    exit code 1
    ");
}

#[test]
fn folders_are_renamed_as_a_whole() {
    let terminal = Terminal::new(
        "== Cargo.toml ==\n[package]\nname = \"service\"\n== migrate.toml ==\ndatabases = [\"sqlite\"]\n== migrations/2024-01-01-090000_a/up.sql ==\nCREATE TABLE a (id INTEGER);\n== migrations/2024-01-01-090000_a/down.sql ==\nDROP TABLE a;\n== migrations/2024-01-03-090000_c/up.sql ==\nCREATE TABLE c (id INTEGER);\n== migrations/2024-01-03-090000_c/down.sql ==\nDROP TABLE c;\n",
    );
    insta::assert_snapshot!(terminal.run("cargo migrate lock
        mkdir migrations/2024-01-02-090000_b && cd migrations/2024-01-02-090000_b && echo 'CREATE TABLE b (id INTEGER);' > up.sql && echo 'DROP TABLE b;' > down.sql && echo why > README.md
        cargo migrate rebase 2>&1 | sed -E 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{6}$/<version>/'
        cd migrations && ls -d *_b | wc -l && ls *_b
        cargo migrate check"), @"
    $ cargo migrate lock
    sealed  2024-01-01-090000  a
    sealed  2024-01-03-090000  c
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ mkdir migrations/2024-01-02-090000_b && cd migrations/2024-01-02-090000_b && echo 'CREATE TABLE b (id INTEGER);' > up.sql && echo 'DROP TABLE b;' > down.sql && echo why > README.md
    $ cargo migrate rebase 2>&1 | sed -E 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{6}$/<version>/'
    2024-01-02-090000 gets the version <version>
    migrations/migrate.lock is written anew
    $ cd migrations && ls -d *_b | wc -l && ls *_b
    1
    README.md
    down.sql
    up.sql
    $ cargo migrate check
    3 revisions (diesel) for sqlite: nothing found
    ");
}
