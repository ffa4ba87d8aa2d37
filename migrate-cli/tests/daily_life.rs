//! What a team does with the commands, from an empty package to a rebase after a merge.

#[path = "support/terminal.rs"]
mod terminal;
#[path = "../../migrate-analysis/tests/support/text.rs"]
mod text;

use terminal::Terminal;

#[test]
fn two_branches_add_revisions_and_meet() {
    let terminal = Terminal::new("== Cargo.toml ==\n[package]\nname = \"service\"\n");
    terminal.run("git init -q -b main && cargo migrate init --database sqlite");
    insta::assert_snapshot!(terminal.run(r#"cargo migrate revision -m 'create tasks' --id aaaaaaaaaaaa
        cargo migrate check
        sed -i '/migrate:up/a CREATE TABLE tasks (id INTEGER PRIMARY KEY);' migrations/*tasks.sql
        cargo migrate check
        sed -i '/migrate:down/a DROP TABLE tasks;' migrations/*tasks.sql
        cargo migrate check
        cargo migrate lock
        git add . && git commit -qm 'create tasks'
        sed -i 's/INTEGER/BIGINT/' migrations/*tasks.sql
        cargo migrate check
        git checkout -q . && cargo migrate check"#), @r#"
    $ cargo migrate revision -m 'create tasks' --id aaaaaaaaaaaa
    migrations/<date>_create_tasks.sql
    $ cargo migrate check
    error[empty-up]: this up script has no statement
     --> migrations/<date>_create_tasks.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements below a line `-- migrate:up`

    1 error in 1 migration file
    `cargo migrate explain <rule>` says more
    exit code 1
    $ sed -i '/migrate:up/a CREATE TABLE tasks (id INTEGER PRIMARY KEY);' migrations/*tasks.sql
    $ cargo migrate check
    error[empty-down]: this down script has no statement
      --> migrations/<date>_create_tasks.sql:10:1
       |
    10 | -- migrate:down
       | ^^^^^^^^^^^^^^^ nothing follows
       |
       = help: write the statements that take the up script back
       = help: or declare that there is no way back: `-- migrate:down irreversible: <reason>`

    1 error in 1 migration file
    `cargo migrate explain <rule>` says more
    exit code 1
    $ sed -i '/migrate:down/a DROP TABLE tasks;' migrations/*tasks.sql
    $ cargo migrate check
    1 revision for sqlite: nothing found
    $ cargo migrate lock
    sealed  aaaaaaaaaaaa  create tasks
    migrations/migrate.lock: 1 sealed, 0 drafts
    $ git add . && git commit -qm 'create tasks'
    $ sed -i 's/INTEGER/BIGINT/' migrations/*tasks.sql
    $ cargo migrate check
    error[sealed-revision-edited]: the up script of `aaaaaaaaaaaa` was edited after it was sealed
     --> migrations/<date>_create_tasks.sql:7:1
      |
    7 | -- migrate:up
      | ^^^^^^^^^^^^^ this is not what was sealed
      |
     ::: migrations/migrate.lock:5:1
      |
    5 | aaaaaaaaaaaa <  v1:17e4..
      | ------------ sealed here
      |
      = help: write a new revision instead: `cargo migrate revision -m ".."`
    help: put back what was sealed
      |
    8 - CREATE TABLE tasks (id BIGINT PRIMARY KEY);
    8 + CREATE TABLE tasks (id INTEGER PRIMARY KEY);
      |

    1 error in 1 migration file
    `cargo migrate explain <rule>` says more
    exit code 1
    $ git checkout -q . && cargo migrate check
    1 revision for sqlite: nothing found
    "#);
    insta::assert_snapshot!(terminal.run(r#"git switch -qc owners && cargo migrate revision -m 'add owner' --id bbbbbbbbbbbb
        sed -i '/migrate:up/a ALTER TABLE tasks ADD COLUMN owner TEXT;' migrations/*owner.sql
        sed -i '/migrate:down/a ALTER TABLE tasks DROP COLUMN owner;' migrations/*owner.sql
        git add . && git commit -qm 'add owner' && git switch -q main
        cargo migrate revision -m 'add priority' --id cccccccccccc
        sed -i '/migrate:up/a ALTER TABLE tasks ADD COLUMN priority INTEGER;' migrations/*priority.sql
        sed -i '/migrate:down/a ALTER TABLE tasks DROP COLUMN priority;' migrations/*priority.sql
        git add . && git commit -qm 'add priority' && git switch -q owners
        git merge main
        cat migrations/migrate.lock
        cargo migrate check"#), @r#"
    $ git switch -qc owners && cargo migrate revision -m 'add owner' --id bbbbbbbbbbbb
    migrations/<date>_add_owner.sql
    $ sed -i '/migrate:up/a ALTER TABLE tasks ADD COLUMN owner TEXT;' migrations/*owner.sql
    $ sed -i '/migrate:down/a ALTER TABLE tasks DROP COLUMN owner;' migrations/*owner.sql
    $ git add . && git commit -qm 'add owner' && git switch -q main
    $ cargo migrate revision -m 'add priority' --id cccccccccccc
    migrations/<date>_add_priority.sql
    $ sed -i '/migrate:up/a ALTER TABLE tasks ADD COLUMN priority INTEGER;' migrations/*priority.sql
    $ sed -i '/migrate:down/a ALTER TABLE tasks DROP COLUMN priority;' migrations/*priority.sql
    $ git add . && git commit -qm 'add priority' && git switch -q owners
    $ git merge main
    Auto-merging migrations/migrate.lock
    CONFLICT (content): Merge conflict in migrations/migrate.lock
    Automatic merge failed; fix conflicts and then commit the result.
    exit code 1
    $ cat migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite
    <<<<<<< HEAD
    head bbbbbbbbbbbb
    bbbbbbbbbbbb < aaaaaaaaaaaa  draft
    =======
    head cccccccccccc
    cccccccccccc < aaaaaaaaaaaa  draft
    >>>>>>> main
    aaaaaaaaaaaa <  v1:17e4..
    $ cargo migrate check
    error[multiple-heads]: the history has 2 heads
     --> migrations/<date>_add_priority.sql:3:14
      |
    3 | -- revision: cccccccccccc
      |              ^^^^^^^^^^^^ nothing revises this
      |
     ::: migrations/<date>_add_owner.sql:3:14
      |
    3 | -- revision: bbbbbbbbbbbb
      |              ------------ nor this
      |
      = help: merge them by a new revision: `-- revises: bbbbbbbbbbbb, cccccccccccc`
      = help: or let one of them revise the other: `cargo migrate rebase` does so with drafts
      = help: or, if the branches stay apart, give one a label and name it in `migrate.toml`: `branches = [".."]`

    error[lock-conflict-markers]: two branches added revisions, and met in a merge
      --> migrations/migrate.lock:4:1
       |
     4 | <<<<<<< HEAD
       | ^^^^^^^^^^^^ the conflict is still there
    ...
     7 | =======
       | -------
    ...
    10 | >>>>>>> main
       | ------------
       |
       = help: `cargo migrate rebase` lets the drafts of one branch follow the other
       = help: `cargo migrate revision -m merge --head heads` joins two branches that are both sealed

    2 errors in 3 migration files
    `cargo migrate explain <rule>` says more
    exit code 1
    "#);
    insta::assert_snapshot!(terminal.run(r#"cargo migrate rebase 2>&1 | sed 's/, [0-9].* UTC/, <date> UTC/'
        cargo migrate rebase --onto cccc --dry-run
        git diff --name-only --diff-filter=U
        cargo migrate rebase --onto cccc
        cat migrations/migrate.lock
        cat migrations/*owner.sql
        cargo migrate check
        git add . && git commit -qm 'merge main'
        cargo migrate lock
        cargo migrate lock --check --against main
        cargo migrate rebase"#), @"
    $ cargo migrate rebase 2>&1 | sed 's/, [0-9].* UTC/, <date> UTC/'
    error: the history has 2 heads, and no sealed revision tells which one stays
      help: say which of them stays, and the others go behind it:
        cargo migrate rebase --onto bbbbbbbbbbbb  # add owner, <date> UTC
        cargo migrate rebase --onto cccccccccccc  # add priority, <date> UTC
    $ cargo migrate rebase --onto cccc --dry-run
    bbbbbbbbbbbb follows cccccccccccc: add owner
      <date>_add_owner.sql becomes <date>_add_owner.sql
    migrations/migrate.lock is written anew, without conflict markers
    nothing is changed: this is a dry run
    $ git diff --name-only --diff-filter=U
    migrations/migrate.lock
    $ cargo migrate rebase --onto cccc
    bbbbbbbbbbbb follows cccccccccccc: add owner
      <date>_add_owner.sql becomes <date>_add_owner.sql
    migrations/migrate.lock is written anew, without conflict markers
    $ cat migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite
    head bbbbbbbbbbbb
    bbbbbbbbbbbb < cccccccccccc  draft
    cccccccccccc < aaaaaaaaaaaa  draft
    aaaaaaaaaaaa <  v1:17e4..
    $ cat migrations/*owner.sql
    -- add owner
    --
    -- revision: bbbbbbbbbbbb
    -- revises: cccccccccccc
    -- created: <date> UTC

    -- migrate:up
    ALTER TABLE tasks ADD COLUMN owner TEXT;

    -- migrate:down
    ALTER TABLE tasks DROP COLUMN owner;
    $ cargo migrate check
    3 revisions for sqlite: nothing found
    $ git add . && git commit -qm 'merge main'
    $ cargo migrate lock
    sealed  cccccccccccc  add priority
    sealed  bbbbbbbbbbbb  add owner
    migrations/migrate.lock: 3 sealed, 0 drafts
    $ cargo migrate lock --check --against main
    migrations/migrate.lock: 3 sealed, 0 drafts
    $ cargo migrate rebase
    there is nothing to rebase
    ");
}
