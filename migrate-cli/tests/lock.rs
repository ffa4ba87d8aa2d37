//! `cargo migrate lock`: what it seals, and what it refuses.

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
databases = ["sqlite"]
== migrations/1_create_tasks.sql ==
-- create tasks
--
-- revision: abc123def456

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE tasks;
== migrations/2_add_owner.sql ==
-- add an owner
--
-- revision: def456abc789
-- revises: abc123def456

-- migrate:up
ALTER TABLE tasks ADD COLUMN owner TEXT;

-- migrate:down
ALTER TABLE tasks DROP COLUMN owner;
"#;

#[test]
fn revisions_are_listed_and_then_sealed() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate lock --check
        cargo migrate lock --draft
        cargo migrate lock --check
        cargo migrate lock abc1
        cargo migrate lock --check
        cat migrations/migrate.lock
        cargo migrate lock
        cargo migrate lock
        rm migrations/2*
        cargo migrate lock --check"), @"
    $ cargo migrate lock --check
    error: there is no lock file `migrations/migrate.lock`
      help: `cargo migrate lock --draft` writes it
    exit code 1
    $ cargo migrate lock --draft
    draft   abc123def456  create tasks
    draft   def456abc789  add an owner
    migrations/migrate.lock: 0 sealed, 2 drafts
    $ cargo migrate lock --check
    migrations/migrate.lock: 0 sealed, 2 drafts
    $ cargo migrate lock abc1
    sealed  abc123def456  create tasks
    migrations/migrate.lock: 1 sealed, 1 draft
    $ cargo migrate lock --check
    migrations/migrate.lock: 1 sealed, 1 draft
    $ cat migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite
    head def456abc789
    def456abc789 < abc123def456  draft
    abc123def456 <  v1:b5a8..
    $ cargo migrate lock
    sealed  def456abc789  add an owner
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ cargo migrate lock
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ rm migrations/2*
    $ cargo migrate lock --check
    error[sealed-revision-removed]: the sealed revision `def456abc789` is not there any more
     --> migrations/migrate.lock:5:1
      |
    5 | def456abc789 < abc123def456  v1:3238..
      | ^^^^^^^^^^^^ sealed here
      |
      = help: put its file back: every database that has it will ask for it

    migrations/migrate.lock: 2 sealed, 0 drafts
    exit code 1
    ");
}

#[test]
fn a_draft_that_was_moved_or_removed_is_told() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate lock --draft
        sed -i 's/^-- revises: .*/-- revises:/' migrations/2*
        rm migrations/1*
        cargo migrate lock --check
        cargo migrate lock --draft
        cargo migrate lock --check"), @"
    $ cargo migrate lock --draft
    draft   abc123def456  create tasks
    draft   def456abc789  add an owner
    migrations/migrate.lock: 0 sealed, 2 drafts
    $ sed -i 's/^-- revises: .*/-- revises:/' migrations/2*
    $ rm migrations/1*
    $ cargo migrate lock --check
    error: migrations/migrate.lock is not up to date
      help: `cargo migrate lock --draft` writes it anew
    exit code 1
    $ cargo migrate lock --draft
    moved   def456abc789  add an owner
    gone    abc123def456
    migrations/migrate.lock: 0 sealed, 1 draft
    $ cargo migrate lock --check
    migrations/migrate.lock: 0 sealed, 1 draft
    ");
}

#[test]
fn what_does_not_check_is_not_sealed() {
    let terminal = Terminal::new(&PACKAGE.replace("ALTER TABLE tasks DROP COLUMN owner;\n", ""));
    insta::assert_snapshot!(terminal.run("cargo migrate lock abc123
        cargo migrate lock base
        cargo migrate lock --draft
        echo what? >> migrations/migrate.lock
        cargo migrate lock --draft
        cargo migrate lock --check
        cargo migrate lock abc123 --check"), @"
    $ cargo migrate lock abc123
    error[empty-down]: this down script has no statement
     --> migrations/2_add_owner.sql:9:1
      |
    9 | -- migrate:down
      | ^^^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements that take the up script back
      = help: or declare that there is no way back: `-- migrate:down irreversible: <reason>`

    error: nothing is sealed while there is an error
    exit code 1
    $ cargo migrate lock base
    error: `base` names no revision
      help: name the last revision that has shipped, or leave it out to seal all of them
    exit code 2
    $ cargo migrate lock --draft
    draft   abc123def456  create tasks
    draft   def456abc789  add an owner
    migrations/migrate.lock: 0 sealed, 2 drafts
    $ echo what? >> migrations/migrate.lock
    $ cargo migrate lock --draft
    error[empty-down]: this down script has no statement
     --> migrations/2_add_owner.sql:9:1
      |
    9 | -- migrate:down
      | ^^^^^^^^^^^^^^^ nothing follows
      |
      = help: write the statements that take the up script back
      = help: or declare that there is no way back: `-- migrate:down irreversible: <reason>`

    error[invalid-lock]: this line of the lock file cannot be read
     --> migrations/migrate.lock:7:1
      |
    7 | what?
      | ^^^^^
      |
      = help: a revision is written as `<id> < <parent>, <parent>  depends-on <id>  draft`
      = help: or take the line as it was from version control

    error: `migrate.lock` has lines that cannot be read
    exit code 1
    $ cargo migrate lock --check
    error[invalid-lock]: this line of the lock file cannot be read
     --> migrations/migrate.lock:7:1
      |
    7 | what?
      | ^^^^^
      |
      = help: a revision is written as `<id> < <parent>, <parent>  depends-on <id>  draft`
      = help: or take the line as it was from version control

    migrations/migrate.lock: 0 sealed, 2 drafts
    exit code 1
    $ cargo migrate lock abc123 --check
    error: the argument '[TARGET]' cannot be used with '--check'

    Usage: cargo migrate lock <TARGET>

    For more information, try '--help'.
    exit code 2
    ");
}

#[test]
fn another_database_is_sealed_for_later() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate lock
        sed -i 's/\"sqlite\"/\"sqlite\", \"postgres\"/' migrate.toml
        cargo migrate lock --check
        cargo migrate lock
        head -n 3 migrations/migrate.lock"), @r#"
    $ cargo migrate lock
    sealed  abc123def456  create tasks
    sealed  def456abc789  add an owner
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ sed -i 's/"sqlite"/"sqlite", "postgres"/' migrate.toml
    $ cargo migrate lock --check
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ cargo migrate lock
    sealed  what was sealed before, for postgres as well
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ head -n 3 migrations/migrate.lock
    # written by `cargo migrate`. A merge conflict here means that two branches added revisions: run `cargo migrate rebase`
    format 1
    databases sqlite, postgres
    "#);
}

#[test]
fn what_was_sealed_in_another_commit_stays() {
    let terminal = Terminal::new(PACKAGE);
    insta::assert_snapshot!(terminal.run("cargo migrate lock --check --against main
        cargo migrate lock --draft
        git init -q -b main && git add Cargo.toml && git commit -qm start
        cargo migrate lock --check --against main
        cargo migrate lock && git add -A && git commit -qm ship
        cargo migrate lock --check --against main
        cargo migrate lock --check --against nowhere
        sed -i 's/add an owner/add the owner/; s/TEXT/VARCHAR(40)/' migrations/2*
        cargo migrate lock --check --against main
        rm migrations/migrate.lock && cargo migrate lock
        cargo migrate lock --check --against main
        cargo migrate lock --check"), @r#"
    $ cargo migrate lock --check --against main
    error: there is no lock file `migrations/migrate.lock`
      help: `cargo migrate lock --draft` writes it
    exit code 1
    $ cargo migrate lock --draft
    draft   abc123def456  create tasks
    draft   def456abc789  add an owner
    migrations/migrate.lock: 0 sealed, 2 drafts
    $ git init -q -b main && git add Cargo.toml && git commit -qm start
    $ cargo migrate lock --check --against main
    `main` has no lock file, so that nothing is sealed there
    migrations/migrate.lock: 0 sealed, 2 drafts
    $ cargo migrate lock && git add -A && git commit -qm ship
    sealed  abc123def456  create tasks
    sealed  def456abc789  add an owner
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ cargo migrate lock --check --against main
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ cargo migrate lock --check --against nowhere
    error: git knows no commit `nowhere`
      help: name a commit, a branch or a tag of this repository, such as `origin/main`
    exit code 2
    $ sed -i 's/add an owner/add the owner/; s/TEXT/VARCHAR(40)/' migrations/2*
    $ cargo migrate lock --check --against main
    error[sealed-revision-edited]: the up script of `def456abc789` was edited after it was sealed
     --> migrations/2_add_owner.sql:6:1
      |
    6 | -- migrate:up
      | ^^^^^^^^^^^^^ this is not what was sealed
      |
     ::: migrations/migrate.lock:5:1
      |
    5 | def456abc789 < abc123def456  v1:3238..
      | ------------ sealed here
      |
      = help: write a new revision instead: `cargo migrate revision -m ".."`
    help: put back what was sealed
      |
    7 - ALTER TABLE tasks ADD COLUMN owner VARCHAR(40);
    7 + ALTER TABLE tasks ADD COLUMN owner TEXT;
      |

    migrations/migrate.lock: 2 sealed, 0 drafts
    exit code 1
    $ rm migrations/migrate.lock && cargo migrate lock
    sealed  abc123def456  create tasks
    sealed  def456abc789  add the owner
    migrations/migrate.lock: 2 sealed, 0 drafts
    $ cargo migrate lock --check --against main
    error[sealed-revision-edited]: `def456abc789` is sealed with another fingerprint for `sqlite` than before
     --> migrations/migrate.lock:5:1
      |
    5 | def456abc789 < abc123def456  v1:cabb..
      | ^^^^^^^^^^^^
      |
     ::: main:migrations/migrate.lock:5:1
      |
    5 | def456abc789 < abc123def456  v1:3238..
      | ------------ sealed here
      |
      = help: put the line back as it was: what has shipped stays

    migrations/migrate.lock: 2 sealed, 0 drafts
    exit code 1
    $ cargo migrate lock --check
    migrations/migrate.lock: 2 sealed, 0 drafts
    "#);
}
