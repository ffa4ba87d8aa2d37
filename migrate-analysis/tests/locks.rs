//! What becomes of a lock file when it is written: a package, and the file after each change.

mod support;

use std::fmt::Write as _;

use migrate_analysis::source::{LockChange, NewRevision};

const NOTE: &str = "# written by `cargo migrate`. ";

/// A revision as a file of its own, named after it.
fn file(name: &str, header: &str, up: &str) -> String {
    format!(
        "== migrations/{name} ==\n-- x\n{header}\n-- migrate:up\n{up}\n-- migrate:down irreversible: it is a test\n"
    )
}

fn revision(id: &str, parents: &str) -> String {
    file(
        &format!("{id}.sql"),
        &format!("-- revision: {id}\n-- revises: {parents}"),
        &format!("SELECT '{id}';"),
    )
}

/// The lock file after a change, without its first line, and with fingerprints cut short; or why there is none.
fn written(package: &str, change: LockChange<'_>) -> String {
    let report = support::check_package(package);
    let text = match report.lock_text(change) {
        Ok(text) => text,
        Err(refusal) => return format!("refused: {refusal}"),
    };
    let again = support::check_package(&with_lock(package, &text));
    assert_eq!(again.lock_text(LockChange::Refresh).as_ref(), Ok(&text), "it stays as it is");
    let (note, rest) = text.split_once('\n').unwrap();
    assert!(note.starts_with(NOTE));
    short(rest)
}

/// The package with this lock file in place of the one that it has.
fn with_lock(package: &str, lock: &str) -> String {
    let mut text = String::new();
    for (head, content) in support::text::split(package) {
        if head != "migrations/migrate.lock" {
            let _ = write!(text, "== {head} ==\n{content}");
        }
    }
    format!("{text}== migrations/migrate.lock ==\n{lock}")
}

/// The text with the first four digits of each fingerprint.
fn short(text: &str) -> String {
    let mut parts = text.split("v1:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}v1:{}..{}", &part[..4], &part[64..]))
}

#[test]
fn a_directory_without_a_lock_file_gets_one() {
    let package = [revision("a", ""), revision("b", "a"), revision("c", "b")].concat();
    insta::assert_snapshot!(written(&package, LockChange::Refresh), @"
    format 1
    databases sqlite
    head c
    c < b  draft
    b < a  draft
    a <  draft
    ");
    insta::assert_snapshot!(written(&package, LockChange::SealUpTo(&["b".into()])), @"
    format 1
    databases sqlite
    head c
    c < b  draft
    b < a  v1:19b6..
    a <  v1:051c..
    ");
    insta::assert_snapshot!(written(&package, LockChange::SealAll), @"
    format 1
    databases sqlite
    head c
    c < b  v1:dc88..
    b < a  v1:19b6..
    a <  v1:051c..
    ");
    insta::assert_snapshot!(written("== migrations/ ==\n", LockChange::Refresh), @"
    format 1
    databases sqlite
    head
    ");
}

#[test]
fn a_revision_without_a_file_is_put_on_top() {
    let package = with_lock(
        &[revision("a", ""), revision("b", "a")].concat(),
        "format 1\nhead b\nb < a draft\na < draft\n",
    );
    let new = NewRevision { id: "c".into(), parents: vec!["b".into()], depends_on: vec!["a".into()] };
    let text = support::check_package(&package).lock_text(LockChange::Add(&new)).unwrap();
    assert!(text.ends_with("\nhead c\nc < b  depends-on a  draft\nb < a  draft\na <  draft\n"), "{text}");
}

#[test]
fn what_is_sealed_stays_and_drafts_follow_their_headers() {
    let package = ["a", "b"].map(|id| revision(id, if id == "a" { "" } else { "a" })).concat();
    let sealed = support::check_package(&package).lock_text(LockChange::SealUpTo(&["a".into()])).unwrap();
    let sealed = sealed.lines().last().unwrap();
    // `c` was moved onto `b`, and `d` follows it; `gone` has no file any more, and `n` is new.
    let lock = format!(
        "format 1\ndatabases sqlite\nhead d\n{sealed}\nd < c  draft\nc < a  draft\nb < a  draft\ngone < a  draft\n"
    );
    let package = [package, revision("c", "b"), revision("d", "c"), revision("n", "d")].concat();
    insta::assert_snapshot!(written(&with_lock(&package, &lock), LockChange::Refresh), @"
    format 1
    databases sqlite
    head n
    n < d  draft
    d < c  draft
    c < b  draft
    a <  v1:051c..
    b < a  draft
    ");
}

#[test]
fn a_database_that_is_added_is_sealed_with_the_next_seal() {
    let one = [
        file("a.sql", "-- revision: a", "SELECT 1;"),
        file("b.sql", "-- revision: b\n-- revises: a", "SELECT 2;"),
        file("c.sql", "-- revision: c\n-- revises: b", "SELECT 3;"),
    ]
    .concat();
    let report = support::check_package(&format!("== migrate.toml ==\ndatabases = [\"sqlite\"]\n{one}"));
    let lock = report.lock_text(LockChange::SealUpTo(&["b".into()])).unwrap();
    let variant = "== migrations/b.postgres.sql ==\n-- migrate:up\nSELECT 22;\n";
    let both = with_lock(
        &format!("== migrate.toml ==\ndatabases = [\"sqlite\", \"postgres\"]\n{one}{variant}"),
        &lock,
    );
    assert_eq!(support::check_package(&both).diagnostics, [], "a variant for another database is free");
    insta::assert_snapshot!(written(&both, LockChange::Refresh), @"
    format 1
    databases sqlite
    head c
    c < b  draft
    b < a  v1:ad36..
    a <  v1:d102..
    ");
    insta::assert_snapshot!(written(&both, LockChange::SealAll), @"
    format 1
    databases sqlite, postgres
    head c
    c < b  sqlite=v1:606e.. postgres=v1:2345..
    b < a  sqlite=v1:ad36.. postgres=v1:e57b..
    a <  v1:d102..
    ");

    // A database that is not configured any more keeps what it has.
    let lock = support::check_package(&both).lock_text(LockChange::SealUpTo(&["b".into()])).unwrap();
    let less = with_lock(&format!("== migrate.toml ==\ndatabases = [\"postgres\"]\n{one}{variant}"), &lock);
    insta::assert_snapshot!(written(&less, LockChange::SealAll), @"
    format 1
    databases sqlite, postgres
    head c
    c < b  postgres=v1:2345..
    b < a  sqlite=v1:ad36.. postgres=v1:e57b..
    a <  v1:d102..
    ");
}

#[test]
fn what_something_sealed_rests_on_is_sealed_with_the_next_seal() {
    let package = [revision("a", ""), revision("b", "a"), revision("c", "b")].concat();
    let text = support::check_package(&package).lock_text(LockChange::SealUpTo(&["b".into()])).unwrap();
    let (above, _) = text.rsplit_once("a <").unwrap();
    let by_hand = with_lock(&package, &format!("{above}a <  draft\n"));
    assert_eq!(support::check_package(&by_hand).lock_text(LockChange::SealUpTo(&[])), Ok(text));
}

#[test]
fn a_lock_file_with_a_conflict_is_written_without_it() {
    let lock = "format 1\n<<<<<<< HEAD\nhead b\nb < a draft\n=======\nhead c\nc < a draft\n>>>>>>> other\na < draft\n";
    let package = [revision("a", ""), revision("b", "a"), revision("c", "b")].concat();
    insta::assert_snapshot!(written(&with_lock(&package, lock), LockChange::Refresh), @"
    format 1
    databases sqlite
    head c
    c < b  draft
    b < a  draft
    a <  draft
    ");
}

#[test]
fn line_ends_stay_as_they_are() {
    let package = revision("a", "");
    let lock = "== migrations/migrate.lock (crlf) ==\nformat 1\nhead a\na < draft\n";
    let text = support::check_package(&format!("{package}{lock}")).lock_text(LockChange::SealAll).unwrap();
    assert_eq!(text.matches('\n').count(), 5);
    assert_eq!(text.matches("\r\n").count(), 5);
}

#[test]
fn nothing_is_written_where_something_would_be_lost() {
    let sound = [revision("a", ""), revision("b", "a")].concat();
    let refused = |package: &str, change: LockChange<'_>| {
        support::check_package(package).lock_text(change).unwrap_err().to_string()
    };
    let orphan = format!("{sound}{}", revision("c", "nowhere"));
    insta::assert_snapshot!(refused(&orphan, LockChange::Refresh), @"the history is not known as a whole: `cargo migrate check` lists what is wrong");
    let unreadable = with_lock(&sound, "format 1\nhead b\nb < a draft\na\n");
    insta::assert_snapshot!(refused(&unreadable, LockChange::Refresh), @"`migrate.lock` has lines that cannot be read");
    let empty = format!("{sound}{}", file("c.sql", "-- revision: c\n-- revises: b", ""));
    insta::assert_snapshot!(refused(&empty, LockChange::SealAll), @"nothing is sealed while there is an error");
    assert!(support::check_package(&empty).lock_text(LockChange::Refresh).is_ok());
    insta::assert_snapshot!(refused(&sound, LockChange::SealUpTo(&["x".into()])), @"there is no revision `x`");
}
