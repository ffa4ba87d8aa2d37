//! What git knows helps: the sealed text of an edited revision, the lock file of another branch, and the conflict of
//! two branches that each add a revision.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests write files and run git")]

use std::{fs, path::Path, process::Command};

use migrate_analysis::{
    Report, check, compare,
    config::Config,
    diagnostic::text,
    source::{LockChange, NewRevision, Sources},
};
use migrate_core::Dialect;
use tempfile::TempDir;

const TASKS: &str = "migrations/1_create_tasks.sql";

/// A repository with two revisions, of which the first is sealed.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let tasks = revision("abc", "", "CREATE TABLE tasks (\n  id INTEGER,\n  name TEXT\n);");
        let owner = revision("def", "abc", "ALTER TABLE tasks ADD owner TEXT;");
        Self::with(&[(TASKS, &tasks), ("migrations/2_add_owner.sql", &owner)], "abc")
    }

    /// A repository with these files, in which everything up to this revision is sealed.
    fn with(files: &[(&str, &str)], sealed: &str) -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        files.iter().for_each(|(name, text)| repository.write(name, text));
        repository.lock(LockChange::SealUpTo(&[sealed.into()]));
        repository.commit("first");
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{text}");
        self.write(name, &text.replace(from, to));
    }

    fn check(&self) -> Report {
        checked(self.path()).1
    }

    fn lock(&self, change: LockChange<'_>) {
        self.write("migrations/migrate.lock", &self.check().lock_text(change).unwrap());
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn git(&self, arguments: &[&str]) {
        assert!(git(self.path(), arguments), "git {arguments:?}");
    }
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output().unwrap();
    output.status.success()
}

fn revision(id: &str, parent: &str, up: &str) -> String {
    format!(
        "-- {id}\n--\n-- revision: {id}\n-- revises: {parent}\n\n-- migrate:up\n{up}\n\n\
         -- migrate:down irreversible: it is a test\n"
    )
}

fn checked(package: &Path) -> (Sources, Report) {
    let config = Config { databases: vec![Dialect::Sqlite], ..Config::default() };
    let sources = Sources::read_within(package, "migrations");
    let report = check(&sources, &config);
    (sources, report)
}

fn shown(report: &Report) -> String {
    report.diagnostics.iter().map(|finding| text::render(finding, false)).collect::<Vec<_>>().join("\n\n")
}

/// The finding has a change, and the change puts back what was sealed.
fn mends(repository: &Repository, name: &str) {
    let report = repository.check();
    let [finding] = &report.diagnostics[..] else { panic!("{}", shown(&report)) };
    assert_eq!(finding.rule, "sealed-revision-edited");
    let fix = finding.fix.as_ref().unwrap_or_else(|| panic!("{}", shown(&report)));
    assert_eq!(fix.file.path(), name);
    repository.write(name, &fix.apply().unwrap());
    assert_eq!(repository.check().diagnostics, []);
}

#[test]
fn an_edit_is_shown_as_the_change_that_takes_it_back() {
    let repository = Repository::new();
    repository.edit(TASKS, "  name TEXT\n", "  -- longer names\n  name VARCHAR(80),\n  done BOOLEAN\n");
    insta::assert_snapshot!(shown(&repository.check()), @r#"
    error[sealed-revision-edited]: the up script of `abc` was edited after it was sealed
      --> migrations/1_create_tasks.sql:6:1
       |
     6 | -- migrate:up
       | ^^^^^^^^^^^^^ this is not what was sealed
       |
      ::: migrations/migrate.lock:6:1
       |
     6 | abc <  v1:dbddff275740f843a6a8c89ec305e8dc8470cced6e9697b2f7d06bb61c94b6f6
       | --- sealed here
       |
       = help: write a new revision instead: `cargo migrate revision -m ".."`
    help: put back what was sealed
       |
    10 -   name VARCHAR(80),
    11 -   done BOOLEAN
    10 +   name TEXT
       |
    "#);
    mends(&repository, TASKS);
}

#[test]
fn every_kind_of_edit_is_taken_back() {
    let edits = [
        ("  id INTEGER,\n", ""),
        ("  id INTEGER,\n", "  id INTEGER,\n  b TEXT,\n\n"),
        (");\n", ");\nSELECT 1;\n"),
        ("CREATE TABLE tasks (\n", "SELECT 1;\nCREATE TABLE IF NOT EXISTS tasks (\n"),
        ("-- migrate:up\n", "-- migrate:up transaction:false\n"),
        ("-- migrate:up\nCREATE", "-- migrate:up transaction:false\nSELECT 2; CREATE"),
        ("CREATE TABLE tasks (\n  id INTEGER,\n  name TEXT\n);", "SELECT 1;"),
        ("  name TEXT\n);", "  name TEXT);"),
    ];
    for (from, to) in edits {
        let repository = Repository::new();
        repository.edit(TASKS, from, to);
        mends(&repository, TASKS);
    }
}

#[test]
fn an_edit_that_was_committed_is_taken_back_as_well() {
    let repository = Repository::new();
    repository.edit(TASKS, "name TEXT", "name VARCHAR(80)");
    repository.commit("an edit");
    repository.edit(TASKS, "VARCHAR(80)", "VARCHAR(99)");
    repository.commit("another");
    mends(&repository, TASKS);
}

#[test]
fn a_file_that_was_renamed_and_edited_is_known_by_its_script() {
    let repository = Repository::new();
    let text = repository.read(TASKS);
    fs::remove_file(repository.path().join(TASKS)).unwrap();
    repository.write("migrations/0_tasks.sql", &text);
    assert_eq!(repository.check().diagnostics, []);
    repository.edit("migrations/0_tasks.sql", "name TEXT", "title TEXT");
    mends(&repository, "migrations/0_tasks.sql");
}

#[test]
fn files_of_other_tools_are_read_as_these_were() {
    const UP: &str = "CREATE TABLE tasks (id INTEGER);\n";
    let goose = format!("-- +goose NO TRANSACTION\n-- +goose Up\n{UP}-- +goose Down\nDROP TABLE tasks;\n");
    let dbmate = format!("-- migrate:up transaction:false\n{UP}-- migrate:down\nDROP TABLE tasks;\n");
    let diesel = ("migrations/1_tasks/metadata.toml", "run_in_transaction = false\n");
    let down = "DROP TABLE tasks;\n";
    let histories: [&[(&str, &str)]; 6] = [
        &[("migrations/1_tasks.sql", &format!("-- no-transaction\n{UP}"))],
        &[("migrations/1_tasks/up.sql", UP), ("migrations/1_tasks/down.sql", down), diesel],
        &[("migrations/V1__tasks.sql", UP)],
        &[("migrations/1_tasks.sql", &dbmate)],
        &[("migrations/1_tasks.sql", &goose)],
        &[("migrations/000001_tasks.up.sql", UP), ("migrations/000001_tasks.down.sql", down)],
    ];
    for files in histories {
        let id = if files[0].0.contains("000001") { "000001" } else { "1" };
        let repository = Repository::with(files, id);
        assert_eq!(repository.check().diagnostics, [], "{}", files[0].0);
        repository.edit(files[0].0, "id INTEGER", "id BIGINT");
        mends(&repository, files[0].0);
    }
}

#[test]
fn a_checkout_with_other_line_ends_is_no_edit_and_keeps_them() {
    let repository = Repository::new();
    for name in [TASKS, "migrations/migrate.lock"] {
        repository.edit(name, "\n", "\r\n");
    }
    assert_eq!(repository.check().diagnostics, []);
    repository.edit(TASKS, "  id INTEGER,\r\n  name TEXT\r\n", "  id BIGINT\r\n");
    mends(&repository, TASKS);
    assert_eq!(repository.read(TASKS).replace("\r\n", "").matches('\n').count(), 0);
}

#[test]
fn a_second_work_tree_and_a_package_within_a_repository_are_fine() {
    let repository = Repository::new();
    repository.git(&["worktree", "add", "--quiet", "nested/tree"]);
    let tree = repository.path().join("nested/tree");
    let edited = fs::read_to_string(tree.join(TASKS)).unwrap().replace("name TEXT", "title TEXT");
    fs::write(tree.join(TASKS), edited).unwrap();
    assert!(checked(&tree).1.diagnostics[0].fix.is_some());
}

#[test]
fn without_git_the_fingerprints_are_told() {
    let repository = Repository::new();
    repository.edit(TASKS, "name TEXT", "title TEXT");
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    insta::assert_snapshot!(shown(&repository.check()), @r#"
    error[sealed-revision-edited]: the up script of `abc` was edited after it was sealed
     --> migrations/1_create_tasks.sql:6:1
      |
    6 | -- migrate:up
      | ^^^^^^^^^^^^^ this is not what was sealed
      |
     ::: migrations/migrate.lock:6:1
      |
    6 | abc <  v1:dbddff275740f843a6a8c89ec305e8dc8470cced6e9697b2f7d06bb61c94b6f6
      | --- sealed here
      |
      = help: write a new revision instead: `cargo migrate revision -m ".."`
      = help: it was sealed as `v1:dbddff275740f843a6a8c89ec305e8dc8470cced6e9697b2f7d06bb61c94b6f6`, and is `v1:e8dae08f433f47f93b9e6a699c42736339fc49ee5697141489890fd902e2339d` now
    "#);
}

#[test]
fn the_lock_file_of_another_commit_is_compared() {
    let repository = Repository::new();
    let against = |reference: &str| {
        let (sources, report) = checked(repository.path());
        let old = sources.lock_at(reference).unwrap_or_else(|error| panic!("{error}"));
        let findings = compare(&old.unwrap(), report.lock.as_ref().unwrap());
        findings.iter().map(|finding| text::render(finding, false)).collect::<Vec<_>>().join("\n\n")
    };
    repository.lock(LockChange::SealAll);
    assert_eq!(against("HEAD"), "");
    repository.commit("sealed");
    let sealed = repository.read("migrations/migrate.lock");
    let lines: Vec<&str> = sealed.lines().collect();
    let draft = "abc <  draft";
    repository.write("migrations/migrate.lock", &format!("{}\nhead abc\n{draft}\n", lines[..3].join("\n")));
    insta::assert_snapshot!(against("HEAD"), @"
    error[sealed-revision-removed]: `def` is not listed any more, but was sealed before
     --> migrations/migrate.lock
      |
     ::: HEAD:migrations/migrate.lock:5:1
      |
    5 | def < abc  v1:4d3f3a404dd920edd0d428ed3f3e77f4b6055793199f75192c8590391694408e
      | --- sealed here
      |
      = help: put its file and this line back: what has shipped stays

    error[sealed-revision-edited]: `abc` is a draft, but was sealed before
     --> migrations/migrate.lock:5:1
      |
    5 | abc <  draft
      | ^^^
      |
     ::: HEAD:migrations/migrate.lock:6:1
      |
    6 | abc <  v1:dbddff275740f843a6a8c89ec305e8dc8470cced6e9697b2f7d06bb61c94b6f6
      | --- sealed here
      |
      = help: put the line back as it was: what has shipped stays
    ");
    let (sources, _) = checked(repository.path());
    assert_eq!(sources.lock_at("--all").unwrap_err().to_string(), "git knows no commit `--all`");
    fs::remove_file(repository.path().join("migrations/migrate.lock")).unwrap();
    repository.commit("no lock file");
    assert!(sources.lock_at("HEAD").unwrap().is_none());
    assert!(sources.lock_at("HEAD~1").unwrap().is_some());
}

#[test]
fn two_branches_that_each_add_a_revision_collide_and_both_are_known() {
    let repository = Repository::new();
    let add = |id: &str| {
        let new = NewRevision { id: id.into(), parents: vec!["def".into()], ..NewRevision::default() };
        repository.lock(LockChange::Add(&new));
        repository.write(&format!("migrations/3_{id}.sql"), &revision(id, "def", "SELECT 1;"));
        assert_eq!(repository.check().diagnostics, []);
        repository.commit(id);
    };
    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    add("one");
    repository.git(&["checkout", "--quiet", "main"]);
    add("two");
    assert!(!git(repository.path(), &["merge", "feature"]), "the merge has a conflict");
    let report = repository.check();
    let rules: Vec<&str> = report.diagnostics.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["multiple-heads", "lock-conflict-markers"]);
    let lock = report.lock.as_ref().unwrap();
    let ids: Vec<&str> = lock.entries.iter().map(|entry| &*entry.id.value).collect();
    assert_eq!(ids, ["two", "one", "def", "abc"]);

    // Once one follows the other, the file is written without the conflict.
    repository.edit("migrations/3_one.sql", "revises: def", "revises: two");
    repository.lock(LockChange::Refresh);
    assert_eq!(repository.check().diagnostics, []);
    assert!(
        repository
            .read("migrations/migrate.lock")
            .contains("\nhead one\none < two  draft\ntwo < def  draft\n")
    );
}
